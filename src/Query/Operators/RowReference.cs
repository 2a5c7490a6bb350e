namespace Bongsu.Query.Operators;

/// <summary>A row of a <see cref="RowCollection"/>.</summary>
/// <param name="Batch">Which batch; -1 for a row of nulls (the missing side of an outer join).</param>
/// <param name="Row">Which row of it.</param>
internal readonly record struct RowReference(int Batch, int Row)
{
    /// <summary>A row of nulls.</summary>
    public static RowReference Missing => new(-1, 0);
}
