using Bongsu.Core.Kernels;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>
/// Key values that are strings; of dictionary-coded columns each entry that occurs is looked up once.
/// </summary>
internal sealed class StringKeyColumn : KeyColumn
{
    // Below so many rows an entry, going through the entries costs more than it saves.
    private const int MinRowsPerEntry = 4;

    private readonly BytesTable _table = new();

    // Numbers by code of the dictionary seen last: blocks of one part often share it.
    private object? _dictionary;
    private int[] _numberByCode = [];

    public override int Count => _table.Count;

    public override long SizeBytes => _table.SizeBytes + (4L * _numberByCode.Length);

    public override void Assign(Vector column, Span<int> numbers)
    {
        var typed = (StringVector)column;
        if (typed.Shared is { } shared)
        {
            AssignShared(typed, shared, numbers);
            return;
        }

        if (!typed.IsDictionary)
        {
            Utf8Values values = typed.Values;
            for (int row = 0; row < numbers.Length; row++)
            {
                numbers[row] = _table.FindOrAdd(values[row]);
            }

            return;
        }

        Prepare(typed.Values, typed.Values.Count);
        int[] numberByCode = _numberByCode;
        ReadOnlySpan<int> codes = typed.Codes;
        for (int row = 0; row < codes.Length; row++)
        {
            int code = codes[row];
            int number = numberByCode[code];
            numbers[row] = number >= 0 ? number : Add(typed.Values, code);
        }
    }

    /// <summary>Counts the rows of each value of a dictionary-coded column.</summary>
    /// <param name="text">The column.</param>
    /// <param name="numbers">The values that occur, each once or more.</param>
    /// <param name="counts">Their rows.</param>
    /// <returns>How many entries of both are set; -1 where counting does not pay.</returns>
    public int CountRows(StringVector text, ref int[] numbers, ref int[] counts)
    {
        int entries = text.Values.Count;
        if (entries > text.Length / MinRowsPerEntry)
        {
            return -1;
        }

        GroupArray.Ensure(ref counts, entries);
        GroupArray.Ensure(ref numbers, entries);

        counts.AsSpan(0, entries).Clear();
        CodeCounts.Add(text.Codes, counts.AsSpan(0, entries));
        Prepare(text.Values, entries);
        int found = 0;
        for (int code = 0; code < entries; code++)
        {
            if (counts[code] > 0)
            {
                numbers[found] = _numberByCode[code] >= 0 ? _numberByCode[code] : Add(text.Values, code);
                counts[found++] = counts[code];
            }
        }

        return found;
    }

    public override void Find(Vector column, Span<int> numbers)
    {
        var typed = (StringVector)column;
        if (!typed.IsDictionary || typed.Values.Count > numbers.Length)
        {
            for (int row = 0; row < numbers.Length; row++)
            {
                numbers[row] = _table.Find(typed[row]);
            }

            return;
        }

        int[] numberByCode = new int[typed.Values.Count];
        for (int code = 0; code < numberByCode.Length; code++)
        {
            numberByCode[code] = _table.Find(typed.Values[code]);
        }

        ReadOnlySpan<int> codes = typed.Codes;
        for (int row = 0; row < codes.Length; row++)
        {
            numbers[row] = numberByCode[codes[row]];
        }
    }

    public override Vector Values(ReadOnlySpan<int> numbers)
    {
        Utf8Values distinct = _table.ToValues();
        return IsIdentity(numbers, distinct.Count)
            ? new StringVector(distinct)
            : new StringVector(distinct, numbers.ToArray(), numbers.Length);
    }

    private static bool IsIdentity(ReadOnlySpan<int> numbers, int count)
    {
        if (numbers.Length != count)
        {
            return false;
        }

        for (int row = 0; row < count; row++)
        {
            if (numbers[row] != row)
            {
                return false;
            }
        }

        return true;
    }

    private int Add(Utf8Values dictionary, int code) => _numberByCode[code] = _table.FindOrAdd(dictionary[code]);

    private void AssignShared(StringVector typed, SharedDictionary shared, Span<int> numbers)
    {
        Prepare(shared, shared.Count);
        Span<byte> text = stackalloc byte[IdentifierText.MaxTextBytes];
        ReadOnlySpan<int> codes = typed.SharedCodes;
        for (int row = 0; row < codes.Length; row++)
        {
            ref int number = ref _numberByCode[codes[row]];
            if (number < 0)
            {
                number = _table.FindOrAdd(text[..shared.Format(codes[row], text)]);
            }

            numbers[row] = number;
        }
    }

    private void Prepare(object dictionary, int count)
    {
        if (ReferenceEquals(dictionary, _dictionary))
        {
            return;
        }

        if (_numberByCode.Length < count)
        {
            _numberByCode = new int[count];
        }

        _numberByCode.AsSpan(0, count).Fill(-1);
        _dictionary = dictionary;
    }
}
