using Bongsu.Core.Types;
using Bongsu.Store.Scan;

namespace Bongsu.Store.Head;

/// <summary>Summary of rows in memory: the time range, and which columns are not there at all.</summary>
internal sealed class HeadSummary : BlockSummary
{
    private readonly HeadChunk _chunk;
    private readonly TableSnapshot _snapshot;

    public HeadSummary(HeadChunk chunk, TableSnapshot snapshot)
        : base(chunk.RowCount)
    {
        _chunk = chunk;
        _snapshot = snapshot;
    }

    public override ColumnSummary Column(string name) => new HeadColumn(_chunk, name, _snapshot.TypeOf(name));

    private sealed class HeadColumn : ColumnSummary
    {
        private readonly HeadChunk _chunk;
        private readonly string _name;

        public HeadColumn(HeadChunk chunk, string name, ScalarType type)
            : base(type)
        {
            _chunk = chunk;
            _name = name;
        }

        public override bool IsAllNull => !SystemColumns.IsReserved(_name) && _chunk.Find(_name) is null;

        public override bool TryGetRange(out Scalar min, out Scalar max)
        {
            min = Scalar.OfDateTime(_chunk.MinTicks);
            max = Scalar.OfDateTime(_chunk.MaxTicks);
            return _name == SystemColumns.Timestamp;
        }

        public override bool MayContainTerms(ReadOnlySpan<byte> utf8) => !IsAllNull || utf8.IsEmpty;

        public override bool MayContainText(ReadOnlySpan<byte> utf8) => !IsAllNull || utf8.IsEmpty;
    }
}
