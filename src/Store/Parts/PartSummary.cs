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
    private readonly Dictionary<string, ColumnSummary> _columns = new(StringComparer.Ordinal);

    public PartSummary(Part part, int block, TableSnapshot snapshot)
        : base(part.Footer.Blocks[block].RowCount)
    {
        _part = part;
        _block = block;
        _snapshot = snapshot;
    }

    public override ColumnSummary Column(string name)
    {
        if (!_columns.TryGetValue(name, out ColumnSummary? summary))
        {
            summary = new PartColumnSummary(_part, _part.Footer.Find(name), _block, _snapshot.TypeOf(name));
            _columns.Add(name, summary);
        }

        return summary;
    }

    private sealed class PartColumnSummary : ColumnSummary
    {
        private readonly Part _part;
        private readonly PartColumn? _column;
        private readonly int _block;
        private readonly PartChunk _chunk;
        private Utf8Values? _dictionary;
        private TermFilter? _filter;
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

        public override bool MayEqual(ReadOnlySpan<byte> utf8) => _chunk.Encoding == BlockEncoding.SharedDictionary
            ? Type != ScalarType.String || _part.Dictionaries.MayHave(_column!, _block, utf8)
            : base.MayEqual(utf8);

        public override bool MayContainTerms(ReadOnlySpan<byte> utf8) =>
            utf8.IsEmpty || Type != ScalarType.String || (_chunk.Encoding == BlockEncoding.SharedDictionary
                ? _part.Dictionaries.MayContain(_column!, _block, utf8)
                : !IsAllNull && (Filter is not { } filter || filter.MayContainTerms(utf8)));

        public override bool MayContainText(ReadOnlySpan<byte> utf8) =>
            utf8.IsEmpty || Type != ScalarType.String || (_chunk.Encoding == BlockEncoding.SharedDictionary
                ? _part.Dictionaries.MayContain(_column!, _block, utf8)
                : !IsAllNull && (Filter is not { } filter || filter.MayContainText(utf8)));

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
