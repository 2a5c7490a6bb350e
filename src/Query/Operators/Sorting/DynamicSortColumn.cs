using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators.Sorting;

/// <summary>A sort key of dynamic values: numbers by value, then text and the rest by their printed form.</summary>
internal sealed class DynamicSortColumn : SortColumn
{
    private readonly DynamicVector[] _sources;
    private readonly bool _isDescending;
    private readonly bool _nullsFirst;

    public DynamicSortColumn(SortKey key, IReadOnlyList<Vector> sources)
    {
        _sources = sources.Cast<DynamicVector>().ToArray();
        _isDescending = key.IsDescending;
        _nullsFirst = key.NullsFirst;
    }

    public override void Prefixes(int batch, Span<ulong> prefixes) => prefixes.Clear();

    public override int Compare(RowReference left, RowReference right)
    {
        DynamicReader leftValue = _sources[left.Batch][left.Row];
        DynamicReader rightValue = _sources[right.Batch][right.Row];
        if (leftValue.IsNull || rightValue.IsNull)
        {
            int nulls = (leftValue.IsNull ? 0 : 1) - (rightValue.IsNull ? 0 : 1);
            return _nullsFirst ? nulls : -nulls;
        }

        int order = DynamicOrder.Compare(leftValue, rightValue);
        return _isDescending ? -order : order;
    }
}
