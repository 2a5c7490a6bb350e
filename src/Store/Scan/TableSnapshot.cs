using Bongsu.Core.Types;
using Bongsu.Store.Head;
using Bongsu.Store.Parts;

namespace Bongsu.Store.Scan;

/// <summary>A table as it was at one moment: immutable, keeps what it needs alive, any number of scans from any
/// thread.</summary>
public sealed class TableSnapshot
{
    private readonly Part[] _parts;
    private readonly HeadChunk[] _head;

    internal TableSnapshot(string name, Schema schema, Part[] parts, HeadChunk[] head)
    {
        Name = name;
        Schema = schema;
        _parts = parts;
        _head = head;
        RowCount = parts.Sum(part => part.RowCount) + head.Sum(chunk => (long)chunk.RowCount);
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>The visible columns.</summary>
    public Schema Schema { get; }

    /// <summary>Rows at that moment.</summary>
    public long RowCount { get; }

    internal ReadOnlySpan<Part> Parts => _parts;

    internal ReadOnlySpan<HeadChunk> Head => _head;

    /// <summary>The blocks that may hold rows of the time range, in order. Filters are applied when a morsel is
    /// read.</summary>
    public IReadOnlyList<Morsel> Scan(ScanRequest request)
    {
        var morsels = new List<Morsel>();
        foreach (Part part in _parts)
        {
            if (part.IsSetAside)
            {
                continue;
            }

            int before = morsels.Count;
            foreach (PartBlock block in part.Blocks)
            {
                AddIfInRange(block, request, morsels);
            }

            if (morsels.Count > before)
            {
                request.Statistics.AddPartScanned();
            }
        }

        foreach (HeadChunk chunk in _head)
        {
            AddIfInRange(chunk, request, morsels);
        }

        morsels.Sort(request.NewestFirst
            ? static (left, right) => right.MaxTicks.CompareTo(left.MaxTicks)
            : static (left, right) => left.MinTicks.CompareTo(right.MinTicks));
        return morsels;
    }

    internal ScalarType TypeOf(string column) => column switch
    {
        SystemColumns.IngestionTime => ScalarType.DateTime,
        SystemColumns.Source => ScalarType.String,
        _ => Schema.IndexOf(column) is >= 0 and var index ? Schema[index].Type : ScalarType.Dynamic,
    };

    internal Schema SchemaOf(IReadOnlyList<string> columns) =>
        new(columns.Select(column => new Column(column, TypeOf(column))));

    private void AddIfInRange(RowBlock block, ScanRequest request, List<Morsel> morsels)
    {
        if (block.MaxTicks < request.FromTicks ||
            (block.MinTicks >= request.ToTicks && request.ToTicks != long.MaxValue))
        {
            request.Statistics.AddBlocksSkippedByTime(1);
            return;
        }

        morsels.Add(new Morsel(this, request, block));
    }
}
