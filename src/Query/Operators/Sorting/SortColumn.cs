using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators.Sorting;

/// <summary>
/// One sort key over the rows of several batches: how two rows compare, and a 64-bit prefix that decides most pairs.
/// </summary>
internal abstract class SortColumn
{
    /// <summary>Makes a column.</summary>
    /// <param name="key">Direction and place of nulls.</param>
    /// <param name="sources">The key's values in each batch.</param>
    public static SortColumn Create(SortKey key, IReadOnlyList<Vector> sources) => key.Expression.Type switch
    {
        ScalarType.Bool => new FixedSortColumn<bool, BoolOrder>(key, sources),
        ScalarType.Int => new FixedSortColumn<int, IntOrder>(key, sources),
        ScalarType.Real => new FixedSortColumn<double, RealOrder>(key, sources),
        ScalarType.Decimal => new FixedSortColumn<decimal, DecimalOrder>(key, sources),
        ScalarType.Guid => new FixedSortColumn<Guid, GuidOrder>(key, sources),
        ScalarType.String => new StringSortColumn(key, sources),
        ScalarType.Dynamic => new DynamicSortColumn(key, sources),
        _ => new FixedSortColumn<long, LongOrder>(key, sources),
    };

    /// <summary>
    /// A number per row of a batch that never orders two rows the wrong way round; equal prefixes decide nothing.
    /// </summary>
    public abstract void Prefixes(int batch, Span<ulong> prefixes);

    /// <summary>Below 0 where the left row comes first.</summary>
    public abstract int Compare(RowReference left, RowReference right);
}
