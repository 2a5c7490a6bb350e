using Bongsu.Core.Vectors;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators.Sorting;

/// <summary>A sort key of fixed width.</summary>
internal sealed class FixedSortColumn<T, TOrder> : SortColumn
    where T : unmanaged
    where TOrder : ISortOrder<T>
{
    private readonly FixedVector<T>[] _sources;
    private readonly bool _isDescending;
    private readonly bool _nullsFirst;

    public FixedSortColumn(SortKey key, IReadOnlyList<Vector> sources)
    {
        _sources = sources.Cast<FixedVector<T>>().ToArray();
        _isDescending = key.IsDescending;
        _nullsFirst = key.NullsFirst;
    }

    // Null 0, NaN 1, values from 2 on (squeezed from both ends), then turned over as the key says.
    public override void Prefixes(int batch, Span<ulong> prefixes)
    {
        FixedVector<T> source = _sources[batch];
        for (int row = 0; row < prefixes.Length; row++)
        {
            T value = source[row];
            if (source.IsNull(row))
            {
                prefixes[row] = _nullsFirst ? 0 : ulong.MaxValue;
            }
            else if (TOrder.IsNaN(value))
            {
                prefixes[row] = _nullsFirst ? 1 : ulong.MaxValue - 1;
            }
            else
            {
                ulong prefix = TOrder.Prefix(value);
                prefixes[row] = Math.Clamp(_isDescending ? ~prefix : prefix, 2, ulong.MaxValue - 2);
            }
        }
    }

    public override int Compare(RowReference left, RowReference right)
    {
        FixedVector<T> leftSource = _sources[left.Batch];
        FixedVector<T> rightSource = _sources[right.Batch];
        T leftValue = leftSource[left.Row];
        T rightValue = rightSource[right.Row];
        int leftRank = leftSource.IsNull(left.Row) ? 0 : TOrder.IsNaN(leftValue) ? 1 : 2;
        int rightRank = rightSource.IsNull(right.Row) ? 0 : TOrder.IsNaN(rightValue) ? 1 : 2;
        if ((leftRank & rightRank) != 2)
        {
            return _nullsFirst ? leftRank - rightRank : rightRank - leftRank;
        }

        int order = TOrder.Compare(leftValue, rightValue);
        return _isDescending ? -order : order;
    }
}
