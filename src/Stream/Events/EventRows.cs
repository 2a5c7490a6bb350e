using Bongsu.Core.Vectors;

namespace Bongsu.Stream.Events;

/// <summary>What a detector takes from rows.</summary>
/// <param name="Times">Event times.</param>
/// <param name="Keys">Key columns.</param>
/// <param name="Terms">Columns whose values are numbered as the mark of each row; null where <paramref name="Marks"/>
/// says it.</param>
/// <param name="Marks">The mark of each row; null = 0.</param>
internal sealed record EventRows(FixedVector<long> Times, Vector[] Keys, Vector[]? Terms = null, int[]? Marks = null)
{
    /// <summary>Number of rows.</summary>
    public int RowCount => Times.Length;

    /// <summary>Some of these rows.</summary>
    public EventRows Pick(int[] rows) => rows.Length == RowCount ? this : new(
        (FixedVector<long>)Times.Gather(rows),
        [.. Keys.Select(key => key.Gather(rows))],
        Terms is null ? null : [.. Terms.Select(term => term.Gather(rows))],
        Marks is null ? null : [.. rows.Select(row => Marks[row])]);
}
