using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Which entries of shared dictionaries came, by group: a bit for each instead of a value for each row. One
/// owner.</summary>
internal sealed class SharedMarks
{
    // Past so many bytes of bits a caller takes values instead: many groups of large dictionaries.
    private const long MaxBytes = 64 << 20;

    private readonly Dictionary<(SharedDictionary Dictionary, int Group), Bitmap> _marks = [];

    /// <summary>Bytes of memory.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>The dictionaries and groups, and a bit for each entry.</summary>
    public IReadOnlyDictionary<(SharedDictionary Dictionary, int Group), Bitmap> All => _marks;

    /// <summary>Marks the entries of rows of one group; false, with nothing marked, where there is no room.</summary>
    public bool TryMark(StringVector values, int group)
    {
        SharedDictionary dictionary = values.Shared!;
        if (Find(dictionary, group) is not { } marks)
        {
            return false;
        }

        Span<ulong> words = marks.Words;
        foreach (int code in values.SharedCodes)
        {
            words[code >> 6] |= 1UL << (code & 63);
        }

        return true;
    }

    /// <summary>Marks the entries of rows of several groups; false, with nothing marked, where there is no room.</summary>
    public bool TryMark(StringVector values, ReadOnlySpan<int> groups)
    {
        SharedDictionary dictionary = values.Shared!;
        int last = -1;
        Bitmap? marks = null;
        foreach (int group in groups)
        {
            if (group != last && Find(dictionary, last = group) is null)
            {
                return false;
            }
        }

        last = -1;
        ReadOnlySpan<int> codes = values.SharedCodes;
        for (int row = 0; row < codes.Length; row++)
        {
            if (groups[row] != last)
            {
                last = groups[row];
                marks = Find(dictionary, last);
            }

            marks![codes[row]] = true;
        }

        return true;
    }

    /// <summary>Adds what another has marked.</summary>
    public void Merge(SharedMarks other, ReadOnlySpan<int> groups)
    {
        foreach (((SharedDictionary dictionary, int group), Bitmap marks) in other._marks)
        {
            (SharedDictionary, int) key = (dictionary, groups[group]);
            if (_marks.TryGetValue(key, out Bitmap? own))
            {
                own.Or(marks);
            }
            else
            {
                Add(key, new Bitmap(marks.Length, marks.Words.ToArray()));
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _marks.Clear();
        SizeBytes = 0;
    }

    /// <summary>The marked entries of a dictionary as strings.</summary>
    public static StringVector Marked(SharedDictionary dictionary, Bitmap marks)
    {
        int[] codes = marks.ToSelection();
        return new StringVector(dictionary, codes, codes.Length);
    }

    private Bitmap? Find(SharedDictionary dictionary, int group)
    {
        if (_marks.TryGetValue((dictionary, group), out Bitmap? marks))
        {
            return marks;
        }

        return SizeBytes + (dictionary.Count >> 3) > MaxBytes ? null : Add((dictionary, group), new Bitmap(dictionary.Count));
    }

    private Bitmap Add((SharedDictionary Dictionary, int Group) key, Bitmap marks)
    {
        _marks.Add(key, marks);
        SizeBytes += 8L * marks.Words.Length;
        return marks;
    }
}
