using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Files;
using Bongsu.Store.Parts;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Merging;

/// <summary>Merges parts into one, sorted by stream and time; one column of a block of each input is in memory at a
/// time.</summary>
internal sealed class PartMerger
{
    // From so many rows on the part will hardly be written again: it is worth a slower compression.
    private const long DenseRows = 1 << 20;

    private readonly IReadOnlyList<Part> _inputs;
    private readonly int _blockRows;
    private readonly CancellationToken _cancellationToken;

    public PartMerger(IReadOnlyList<Part> inputs, int blockRows, CancellationToken cancellationToken)
    {
        _inputs = inputs;
        _blockRows = blockRows;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Writes the merged part, durable but for its name; on failure nothing is left.</summary>
    public void Merge(IFileSystem files, string path, Schema schema)
    {
        byte[] order = Order();
        using var writer = new PartWriter(files, path, order.LongLength >= DenseRows ? EncodingEffort.Merge : EncodingEffort.Part);
        try
        {
            foreach (Column column in PartCutter.AllColumns(schema))
            {
                if (Has(column))
                {
                    writer.AddColumn(
                        column,
                        Blocks(column, order),
                        PartCutter.SiblingsOf(column, schema, Has).ConvertAll(other => new ColumnBlocks(other, Blocks(other, order))));
                }
            }

            writer.Finish(out _);
        }
        catch
        {
            writer.Abandon();
            throw;
        }
    }

    private bool Has(Column column) => _inputs.Any(input => input.Footer.Find(column.Name) is not null);

    // For each row of the result the input it comes from; each input gives its rows in its own order.
    private byte[] Order()
    {
        var streams = new StreamRanks();
        foreach (Part input in _inputs)
        {
            for (int block = 0; block < input.Blocks.Count; block++)
            {
                streams.Add(Text(input, StreamRanks.ServiceColumn, block), Text(input, StreamRanks.HostColumn, block));
            }
        }

        streams.Freeze();
        KeyCursor[] cursors = [.. _inputs.Select(input => new KeyCursor(input, streams))];
        byte[] order = new byte[_inputs.Sum(input => input.RowCount)];
        var queue = new PriorityQueue<int, (int Rank, long Ticks, int Input)>();
        for (int input = 0; input < cursors.Length; input++)
        {
            if (cursors[input].MoveNext())
            {
                queue.Enqueue(input, (cursors[input].Rank, cursors[input].Ticks, input));
            }
        }

        for (long row = 0; row < order.LongLength;)
        {
            int input = queue.Dequeue();
            bool hasLimit = queue.TryPeek(out _, out (int Rank, long Ticks, int Input) limit);
            KeyCursor cursor = cursors[input];
            bool hasMore;
            do
            {
                order[row++] = (byte)input;
                hasMore = cursor.MoveNext();
            }
            while (hasMore && (!hasLimit || (cursor.Rank, cursor.Ticks, input).CompareTo(limit) < 0));
            if (hasMore)
            {
                queue.Enqueue(input, (cursor.Rank, cursor.Ticks, input));
            }

            _cancellationToken.ThrowIfCancellationRequested();
        }

        return order;
    }

    private IEnumerable<Vector> Blocks(Column column, byte[] order)
    {
        var cursors = new (int Block, int Row, Vector? Vector)[_inputs.Count];
        int[] slots = new int[_inputs.Count];
        var vectors = new List<Vector>();
        for (long start = 0; start < order.LongLength; start += _blockRows)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int count = (int)Math.Min(_blockRows, order.LongLength - start);
            int[] sources = new int[count];
            int[] rows = new int[count];
            vectors.Clear();
            Array.Fill(slots, -1);
            for (int row = 0; row < count; row++)
            {
                int input = order[start + row];
                ref (int Block, int Row, Vector? Vector) cursor = ref cursors[input];
                if (cursor.Vector is null || cursor.Row == cursor.Vector.Length)
                {
                    cursor = (cursor.Vector is null ? 0 : cursor.Block + 1, 0, null);
                    cursor.Vector = Read(_inputs[input], column, cursor.Block);
                    slots[input] = -1;
                }

                if (slots[input] < 0)
                {
                    slots[input] = vectors.Count;
                    vectors.Add(cursor.Vector);
                }

                sources[row] = slots[input];
                rows[row] = cursor.Row++;
            }

            yield return VectorGather.Gather(column.Type, [.. vectors], sources, rows);
        }
    }

    private static Vector Read(Part input, Column column, int block) =>
        input.Read(column.Name, block, out _) is { } vector
            ? VectorCast.Widen(vector, column.Type)
            : Vector.Nulls(column.Type, input.Blocks[block].RowCount);

    private static StringVector Text(Part input, string column, int block) =>
        input.Read(column, block, out _) as StringVector ?? StringVector.Constant(default, input.Blocks[block].RowCount);

    // Walks the sort keys of one input.
    private sealed class KeyCursor(Part input, StreamRanks streams)
    {
        private int _block = -1;
        private int _row;
        private int[] _ranks = [];
        private FixedVector<long>? _ticks;

        public int Rank => _ranks[_row];

        public long Ticks => _ticks![_row];

        public bool MoveNext()
        {
            if (_ticks is not null && ++_row < _ranks.Length)
            {
                return true;
            }

            if (++_block == input.Blocks.Count)
            {
                return false;
            }

            _row = 0;
            _ranks = streams.RanksOf(Text(input, StreamRanks.ServiceColumn, _block), Text(input, StreamRanks.HostColumn, _block));
            _ticks = (FixedVector<long>)Read(input, new Column(SystemColumns.Timestamp, ScalarType.DateTime), _block);
            return true;
        }
    }
}
