using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Stream.Windows;

/// <summary>Puts the same column of several batches into one vector.</summary>
internal static class ColumnJoin
{
    // A dictionary pays where its entries are few: each group table a query keeps has a number for every entry.
    private const int MaxEntries = 256;

    /// <summary>Joins.</summary>
    /// <param name="type">Type of all parts.</param>
    /// <param name="parts">In order; at least one.</param>
    public static Vector Join(ScalarType type, Vector[] parts)
    {
        if (parts.Length == 1)
        {
            return parts[0];
        }

        int length = 0;
        foreach (Vector part in parts)
        {
            length += part.Length;
        }

        if (type == ScalarType.String && TryIntern(parts, length) is { } interned)
        {
            return interned;
        }

        if (Array.Exists(parts, part => part is StringVector { Templates: not null }))
        {
            return Gather(parts, length);
        }

        VectorBuilder builder = VectorBuilder.Create(type);
        foreach (Vector part in parts)
        {
            builder.AppendRange(part, 0, part.Length);
        }

        return builder.Build();
    }

    // The template a message was given when it came in stays with it.
    private static StringVector Gather(Vector[] parts, int length)
    {
        int[] sources = new int[length];
        int[] rows = new int[length];
        int start = 0;
        for (int part = 0; part < parts.Length; part++)
        {
            sources.AsSpan(start, parts[part].Length).Fill(part);
            for (int row = 0; row < parts[part].Length; row++)
            {
                rows[start + row] = row;
            }

            start += parts[part].Length;
        }

        return StringGather.Gather(Array.ConvertAll(parts, part => (StringVector)part), sources, rows);
    }

    // Text that differs from row to row, such as messages, is not tried.
    private static StringVector? TryIntern(Vector[] parts, int length)
    {
        var entries = new GroupTable([ScalarType.String]);
        int[] codes = new int[length];
        int start = 0;
        foreach (Vector part in parts)
        {
            if (part is not StringVector { Templates: null, Shaped: null, Shared: null })
            {
                return null;
            }

            Span<int> own = codes.AsSpan(start, part.Length);
            if (entries.Assign([part], own) && !own.IsEmpty)
            {
                own.Fill(own[0]);
            }

            if (entries.GroupCount > MaxEntries)
            {
                return null;
            }

            start += part.Length;
        }

        return new StringVector(((StringVector)entries.Keys()[0]).Values, codes, length) { HasDistinctEntries = true };
    }
}
