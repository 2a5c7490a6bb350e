using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Stream.History;

/// <summary>Rows that arrived in a span of time.</summary>
internal sealed class IngestionRangeFilter : ScanFilter
{
    private readonly long _fromTicks;
    private readonly long _toTicks;

    /// <summary>A span: both bounds included.</summary>
    public IngestionRangeFilter(long fromTicks, long toTicks)
    {
        _fromTicks = fromTicks;
        _toTicks = toTicks;
    }

    public override IReadOnlyList<string> Columns { get; } = [SystemColumns.IngestionTime];

    public override bool MayMatch(BlockSummary block) =>
        !block.Column(SystemColumns.IngestionTime).TryGetRange(out Scalar min, out Scalar max) ||
        (min.AsLong <= _toTicks && max.AsLong >= _fromTicks);

    public override void Apply(ReadOnlySpan<Vector> columns, Bitmap selection)
    {
        var arrived = (FixedVector<long>)columns[0];
        for (int row = 0; row < selection.Length; row++)
        {
            if (arrived[row] < _fromTicks || arrived[row] > _toTicks)
            {
                selection[row] = false;
            }
        }
    }
}
