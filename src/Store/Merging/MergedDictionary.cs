using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Parts;

namespace Bongsu.Store.Merging;

/// <summary>The shared dictionaries of several parts as one.</summary>
/// <param name="Dictionary">All entries.</param>
/// <param name="Maps">By input, for each of its codes the new one; null where the input has no dictionary.</param>
/// <param name="Interner">For inputs without a dictionary.</param>
internal sealed record MergedDictionary(SharedDictionary Dictionary, int[]?[] Maps, IdentifierInterner Interner)
{
    /// <summary>Null where no input has a dictionary, or some value does not fit.</summary>
    public static MergedDictionary? TryMerge(IReadOnlyList<Part> inputs, Column column)
    {
        DictionaryPlace?[] places = [.. inputs.Select(input => input.Footer.Find(column.Name)?.Dictionary)];
        if (Array.Find(places, place => place is not null) is not { } model ||
            Array.Exists(places, place => place is not null && (place.Form != model.Form || place.WidthBytes != model.WidthBytes)))
        {
            return null;
        }

        // Oldest first: codes go on rising with time where the parts follow each other.
        var interner = new IdentifierInterner(model.Form, model.WidthBytes);
        int[]?[] maps = new int[]?[inputs.Count];
        foreach (int input in Enumerable.Range(0, inputs.Count).OrderBy(input => inputs[input].MinTicks))
        {
            if (places[input] is not null)
            {
                maps[input] = Add(inputs[input].Dictionaries.DictionaryOf(inputs[input].Footer.Find(column.Name)!), interner);
            }
            else if (!TryAddRows(inputs[input], column, interner))
            {
                return null;
            }

            if (interner.Count > DictionaryPlace.MaxEntries)
            {
                return null;
            }
        }

        return new MergedDictionary(interner.Build(), maps, interner);
    }

    private static int[] Add(SharedDictionary dictionary, IdentifierInterner interner)
    {
        int[] map = GC.AllocateUninitializedArray<int>(dictionary.Count);
        for (int code = 0; code < map.Length; code++)
        {
            map[code] = code == dictionary.EmptyCode ? interner.InternEmpty() : interner.InternBinary(dictionary[code]);
        }

        return map;
    }

    private static bool TryAddRows(Part input, Column column, IdentifierInterner interner)
    {
        for (int block = 0; block < input.Blocks.Count; block++)
        {
            if (input.Read(column.Name, block, out _) is not { } vector)
            {
                interner.InternEmpty();
                continue;
            }

            if (vector is not StringVector strings)
            {
                return false;
            }

            for (int row = 0; row < strings.PhysicalLength; row++)
            {
                if (interner.Intern(strings[row]) < 0)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
