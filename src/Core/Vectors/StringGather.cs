using Bongsu.Core.Encodings;
using Bongsu.Core.Templates;

namespace Bongsu.Core.Vectors;

/// <summary>Collects rows of several string vectors into one, in the form that they have in common.</summary>
public static class StringGather
{
    /// <summary>Row <c>i</c> of the result is row <c>rows[i]</c> of <c>vectors[sources[i]]</c>.</summary>
    public static StringVector Gather(ReadOnlySpan<StringVector> vectors, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows)
    {
        if (vectors is [{ Shared: { } shared }, ..] && AllShare(vectors, shared))
        {
            return OfShared(vectors, shared, sources, rows);
        }

        bool anyTemplates = false;
        bool allCoded = true;
        foreach (StringVector vector in vectors)
        {
            anyTemplates |= vector.Templates is not null;
            allCoded &= vector.IsDictionary || vector.IsConstant;
        }

        return anyTemplates ? Templated(vectors, sources, rows)
            : allCoded ? Coded(vectors, sources, rows)
            : Plain(vectors, sources, rows);
    }

    private static bool AllShare(ReadOnlySpan<StringVector> vectors, SharedDictionary shared)
    {
        foreach (StringVector vector in vectors)
        {
            if (vector.Shared != shared)
            {
                return false;
            }
        }

        return true;
    }

    private static StringVector OfShared(
        ReadOnlySpan<StringVector> vectors, SharedDictionary shared, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows)
    {
        int[] codes = GC.AllocateUninitializedArray<int>(rows.Length);
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = vectors[sources[row]].SharedCodes[rows[row]];
        }

        return new StringVector(shared, codes, codes.Length);
    }

    private static StringVector Templated(ReadOnlySpan<StringVector> vectors, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows)
    {
        var texts = new TemplateText[vectors.Length];
        for (int vector = 0; vector < texts.Length; vector++)
        {
            texts[vector] = vectors[vector].Templates ?? TemplateText.OfPlain(vectors[vector]);
        }

        return new StringVector(TemplateText.Gather(texts, sources, rows).LoadAll());
    }

    private static StringVector Plain(ReadOnlySpan<StringVector> vectors, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows)
    {
        long totalBytes = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            totalBytes += vectors[sources[row]][rows[row]].Length;
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)totalBytes));
        int[] offsets = new int[rows.Length + 1];
        for (int row = 0; row < rows.Length; row++)
        {
            ReadOnlySpan<byte> value = vectors[sources[row]][rows[row]];
            value.CopyTo(bytes.AsSpan(offsets[row]));
            offsets[row + 1] = offsets[row] + value.Length;
        }

        return new StringVector(new Utf8Values(offsets, bytes, rows.Length));
    }

    // Dictionaries become one; only entries that are used go in.
    private static StringVector Coded(ReadOnlySpan<StringVector> vectors, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows)
    {
        var interner = new Utf8Interner();
        var oldCodes = new int[]?[vectors.Length];
        var maps = new int[vectors.Length][];
        for (int vector = 0; vector < maps.Length; vector++)
        {
            oldCodes[vector] = vectors[vector].CodeArray;
            maps[vector] = new int[vectors[vector].Values.Count];
            maps[vector].AsSpan().Fill(-1);
        }

        int[] codes = GC.AllocateUninitializedArray<int>(rows.Length);
        for (int row = 0; row < codes.Length; row++)
        {
            int source = sources[row];
            int oldCode = oldCodes[source] is { } old ? old[rows[row]] : 0;
            int code = maps[source][oldCode];
            if (code < 0)
            {
                code = interner.Intern(vectors[source].Values[oldCode]);
                maps[source][oldCode] = code;
            }

            codes[row] = code;
        }

        return new StringVector(interner.Build(), codes, codes.Length) { HasDistinctEntries = true };
    }
}
