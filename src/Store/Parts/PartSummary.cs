using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Scan;
using Bongsu.Store.Terms;

namespace Bongsu.Store.Parts;

/// <summary>Summary of a block of a part: zone maps from the footer, dictionaries and term filters from the file when
/// asked for.</summary>
internal sealed class PartSummary : BlockSummary
{
    private readonly Part _part;
    private readonly int _block;
    private readonly TableSnapshot _snapshot;
    private readonly Dictionary<string, PartColumnSummary> _columns = new(StringComparer.Ordinal);

    public PartSummary(Part part, int block, TableSnapshot snapshot)
        : base(part.Footer.Blocks[block].RowCount)
    {
        _part = part;
        _block = block;
        _snapshot = snapshot;
    }

    public override ColumnSummary Column(string name) => Find(name);

    public override bool KnowsGroups(IReadOnlyList<string> columns) => columns.Any(column => Find(column).HasZones);

    public override BlockSummary OfGroup(int group) => new GroupSummary(this, group);

    private PartColumnSummary Find(string name)
    {
        if (!_columns.TryGetValue(name, out PartColumnSummary? summary))
        {
            summary = new PartColumnSummary(_part, _part.Footer.Find(name), _block, _snapshot.TypeOf(name));
            _columns.Add(name, summary);
        }

        return summary;
    }

    private sealed class GroupSummary(PartSummary block, int group)
        : BlockSummary(Math.Min(RowGroups.GroupRows, block.RowCount - (group * RowGroups.GroupRows)))
    {
        public override ColumnSummary Column(string name) =>
            block.Find(name) is { HasZones: true } summary ? summary.OfGroup(group) : block.Find(name);
    }

    private sealed class PartColumnSummary : ColumnSummary
    {
        private const int AllGroups = -1;

        private readonly Part _part;
        private readonly PartColumn? _column;
        private readonly int _block;
        private readonly PartChunk _chunk;
        private Utf8Values? _dictionary;
        private TermFilter? _filter;
        private CodeZones? _zones;
        private int _group = AllGroups;
        private bool _isDictionaryRead;
        private bool _isFilterRead;

        public PartColumnSummary(Part part, PartColumn? column, int block, ScalarType type)
            : base(type)
        {
            _part = part;
            _column = column;
            _block = block;
            _chunk = column?.Chunks[block] ?? new PartChunk { Flags = PartChunkFlags.HasNulls };
        }

        public override bool IsAllNull => _chunk.SizeBytes == 0;

        public override bool MayHaveNulls => _chunk.Has(PartChunkFlags.HasNulls);

        public override bool MayHaveNaN =>
            !IsAllNull && (_column!.Column.Type == ScalarType.Real ? _chunk.Has(PartChunkFlags.HasNaN) : base.MayHaveNaN && Type != ScalarType.Real);

        // A string cast to dynamic is still found by its text; anything else that became dynamic is not text.
        public override Utf8Values? Dictionary
        {
            get
            {
                if (!_isDictionaryRead)
                {
                    _isDictionaryRead = true;
                    _dictionary = Type == ScalarType.String && !IsAllNull ? _part.ReadDictionary(_column!, _block) : null;
                }

                return _dictionary;
            }
        }

        public override bool TryGetRange(out Scalar min, out Scalar max)
        {
            min = max = default;
            if (!_chunk.Has(PartChunkFlags.HasRange) ||
                ChunkSummary.ToScalar(_chunk.Min, _column!.Column.Type, Type) is not { } least ||
                ChunkSummary.ToScalar(_chunk.Max, _column.Column.Type, Type) is not { } greatest)
            {
                return false;
            }

            (min, max) = (least, greatest);
            return true;
        }

        public bool HasZones => IsOfIdentifiers && _chunk.FilterBytes > 0;

        public override bool MayEqual(ReadOnlySpan<byte> utf8) =>
            IsOfIdentifiers && !utf8.IsEmpty ? MayHave(_part.Dictionaries.CodeOf(_column!, utf8)) : base.MayEqual(utf8);

        public override bool MayContainTerms(ReadOnlySpan<byte> utf8) => MayContain(utf8) ??
            (!IsAllNull && (Filter is not { } filter || filter.MayContainTerms(utf8)));

        public override bool MayContainText(ReadOnlySpan<byte> utf8) => MayContain(utf8) ??
            (!IsAllNull && (Filter is not { } filter || filter.MayContainText(utf8)));

        /// <summary>The same column in one group of rows.</summary>
        public PartColumnSummary OfGroup(int group) => new(_part, _column, _block, Type) { _zones = Zones, _group = group };

        private bool IsOfIdentifiers => _chunk.Encoding == BlockEncoding.SharedDictionary && Type == ScalarType.String;

        private CodeZones? Zones => _zones ??= HasZones ? _part.Dictionaries.ZonesOf(_column!, _block) : null;

        private bool MayHave(int code) =>
            code >= 0 && (Zones is not { } zones || (_group == AllGroups ? zones.MayHave(code) : zones.MayHave(code, _group)));

        // Null where the filter may know more.
        private bool? MayContain(ReadOnlySpan<byte> utf8) =>
            utf8.IsEmpty || Type != ScalarType.String ? true
            : !IsOfIdentifiers ? null
            : !_part.Dictionaries.TryFindContaining(_column!, utf8, out int code) || MayHave(code);

        private TermFilter? Filter
        {
            get
            {
                if (!_isFilterRead)
                {
                    _isFilterRead = true;
                    _filter = _column is null ? null : _part.FilterOf(_column, _block);
                }

                return _filter;
            }
        }
    }
}
