using System.Runtime.InteropServices;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Counts distinct identifiers over several shared dictionaries, each of distinct entries: only the smaller ones
/// are put into a hash set, and the largest is looked up in it.</summary>
internal static class DistinctIdentifiers
{
    private const int WidthBytes = 16;

    /// <summary>Counts.</summary>
    /// <param name="sources">Dictionaries and their marked entries.</param>
    /// <param name="count">The number of distinct identifiers.</param>
    /// <returns>False where they are not all of one form of sixteen bytes.</returns>
    public static bool TryCount(IReadOnlyList<(SharedDictionary Dictionary, Bitmap Marks)> sources, out long count)
    {
        count = 0;
        if (sources.Count == 1)
        {
            count = sources[0].Marks.CountSet();
            return true;
        }

        IdentifierForm form = sources[0].Dictionary.Form;
        foreach ((SharedDictionary dictionary, Bitmap _) in sources)
        {
            if (dictionary.Form != form || dictionary.WidthBytes != WidthBytes)
            {
                return false;
            }
        }

        (SharedDictionary Dictionary, Bitmap Marks)[] bySize = [.. sources.OrderBy(source => source.Marks.CountSet())];
        var smaller = new WideSet(bySize.SkipLast(1).Sum(source => source.Marks.CountSet()));
        bool hasEmpty = false;
        foreach ((SharedDictionary dictionary, Bitmap marks) in bySize.AsSpan(..^1))
        {
            ReadOnlySpan<UInt128> entries = Entries(dictionary);
            foreach (int code in marks.ToSelection())
            {
                if (code == dictionary.EmptyCode)
                {
                    hasEmpty = true; // its bytes mean nothing
                    continue;
                }

                smaller.Add(entries[code]);
            }
        }

        (SharedDictionary largest, Bitmap largestMarks) = bySize[^1];
        hasEmpty |= largest.EmptyCode >= 0 && largestMarks[largest.EmptyCode];
        count = smaller.Count + CountUnknown(largest, largestMarks, smaller) + (hasEmpty ? 1 : 0);
        return true;
    }

    private static long CountUnknown(SharedDictionary dictionary, Bitmap marks, WideSet known)
    {
        ReadOnlySpan<UInt128> entries = Entries(dictionary);
        long unknown = 0;
        foreach (int code in marks.ToSelection())
        {
            unknown += code == dictionary.EmptyCode || known.Contains(entries[code]) ? 0 : 1;
        }

        return unknown;
    }

    private static ReadOnlySpan<UInt128> Entries(SharedDictionary dictionary) =>
        MemoryMarshal.Cast<byte, UInt128>(dictionary.Bytes);
}
