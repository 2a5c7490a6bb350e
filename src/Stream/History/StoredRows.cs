using System.Text;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;
using Bongsu.Store.Scan;
using Bongsu.Store.Schemas;

namespace Bongsu.Stream.History;

/// <summary>
/// Reads a table's rows again as the batches they came in, in the order they came; or by event time, as if each row had
/// come in time. Memory is bounded: rows are read in chunks.
/// </summary>
internal sealed class StoredRows
{
    // Half a million rows of a few columns are about 50 MB.
    private const int ChunkRows = 500_000;

    // Of every so many rows one says where chunks begin.
    private const int SampleStride = 64;

    private readonly Table _table;
    private readonly TableSnapshot _snapshot;
    private readonly string[] _columns;
    private readonly long _fromTicks;
    private readonly long _toTicks;

    /// <summary>Rows of a time range (event time).</summary>
    /// <param name="table">The table, as it is now.</param>
    /// <param name="columns">Columns wanted; <c>timestamp</c> is always there.</param>
    /// <param name="fromTicks">Earliest timestamp, included.</param>
    /// <param name="toTicks">Latest timestamp, excluded.</param>
    public StoredRows(Table table, IEnumerable<string> columns, long fromTicks, long toTicks)
    {
        _table = table;
        _snapshot = table.Snapshot();
        _columns = [SystemColumns.Timestamp, SystemColumns.IngestionTime, SystemColumns.Source, .. columns
            .Where(column => column != SystemColumns.Timestamp && _snapshot.Schema.IndexOf(column) >= 0).Distinct()];
        _fromTicks = fromTicks;
        _toTicks = toTicks;
    }

    /// <summary>Length of a batch by event time: none of the stretches between window ends is cut.</summary>
    public long StepTicks { get; init; } = TimeSpan.TicksPerSecond;

    /// <summary>The batches; sequences count from 1.</summary>
    /// <param name="byEventTime">
    /// True: one batch per <see cref="StepTicks"/> of event time, each arriving at the end of them, from one source.
    /// </param>
    /// <param name="cancellationToken">Looked at once per block and batch.</param>
    public IEnumerable<CommittedBatch> Read(bool byEventTime, CancellationToken cancellationToken)
    {
        long sequence = 0;
        foreach ((long from, long to) in Chunks(byEventTime, cancellationToken))
        {
            List<Batch> blocks = ReadChunk(byEventTime, from, to, cancellationToken);
            (long[] arrivals, long[] places) = Order(blocks, byEventTime);
            for (int start = 0; start < places.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long arrived = arrivals[start];
                int end = start + 1;
                while (end < places.Length && arrivals[end] == arrived)
                {
                    end++;
                }

                // In the order in which they were stored, where the arrival is the same.
                Array.Sort(places, start, end - start);
                foreach (ArraySegment<long> rows in BySource(blocks, new ArraySegment<long>(places, start, end - start), byEventTime))
                {
                    yield return Commit(blocks, rows, arrived, byEventTime, ++sequence);
                }

                start = end;
            }
        }
    }

    private long ArrivalOf(long ticks, bool byEventTime) => byEventTime ? ((ticks / StepTicks) + 1) * StepTicks : ticks;

    // Rows by arrival; a place is a block and a row in it.
    private (long[] Arrivals, long[] Places) Order(List<Batch> blocks, bool byEventTime)
    {
        long[] arrivals = new long[blocks.Sum(block => block.RowCount)];
        long[] places = new long[arrivals.Length];
        int next = 0;
        bool isOrdered = true;
        for (int block = 0; block < blocks.Count; block++)
        {
            var times = (FixedVector<long>)blocks[block][byEventTime ? 0 : 1];
            for (int row = 0; row < times.Length; row++)
            {
                long arrival = ArrivalOf(times[row], byEventTime);
                isOrdered &= next == 0 || arrivals[next - 1] <= arrival;
                arrivals[next] = arrival;
                places[next++] = ((long)block << 32) | (uint)row;
            }
        }

        if (!isOrdered)
        {
            Array.Sort(arrivals, places);
        }

        return (arrivals, places);
    }

    // Event time follows each source: rows of two that arrived at once came in two batches.
    private static IEnumerable<ArraySegment<long>> BySource(List<Batch> blocks, ArraySegment<long> places, bool byEventTime)
    {
        ReadOnlySpan<byte> first = SourceOf(blocks, places[0]);
        bool isOne = byEventTime;
        for (int row = 1; !isOne && row < places.Count && SourceOf(blocks, places[row]).SequenceEqual(first); row++)
        {
            isOne = row == places.Count - 1;
        }

        return isOne || places.Count == 1
            ? [places]
            : places.GroupBy(place => Encoding.UTF8.GetString(SourceOf(blocks, place))).Select(rows => new ArraySegment<long>([.. rows]));
    }

    private static ReadOnlySpan<byte> SourceOf(List<Batch> blocks, long place) => ((StringVector)blocks[(int)(place >> 32)][2])[(int)place];

    private CommittedBatch Commit(List<Batch> blocks, ReadOnlySpan<long> places, long arrivedTicks, bool byEventTime, long sequence)
    {
        var pieces = new List<Batch>();
        for (int start = 0; start < places.Length;)
        {
            int block = (int)(places[start] >> 32);
            int end = start + 1;
            while (end < places.Length && (int)(places[end] >> 32) == block)
            {
                end++;
            }

            int[] rows = new int[end - start];
            for (int row = 0; row < rows.Length; row++)
            {
                rows[row] = (int)places[start + row];
            }

            pieces.Add(rows.Length == blocks[block].RowCount ? blocks[block] : blocks[block].Gather(rows));
            start = end;
        }

        Batch whole = pieces.Count == 1 ? pieces[0] : BatchJoin.Join(pieces, pieces[0].Schema);
        string source = byEventTime ? "" : ((StringVector)whole[2]).GetString(0);
        var schema = new Schema([whole.Schema[0], .. whole.Schema.Columns[3..]]);
        var batch = new Batch(schema, [whole[0], .. whole.Vectors[3..]], whole.RowCount);
        return new CommittedBatch(_table, batch, source, sequence, arrivedTicks);
    }

    // Bounds of the arrival (the first excluded, the last included), so that each chunk holds about ChunkRows rows.
    private List<(long After, long Through)> Chunks(bool byEventTime, CancellationToken cancellationToken)
    {
        var sample = new List<long>();
        string column = byEventTime ? SystemColumns.Timestamp : SystemColumns.IngestionTime;
        int row = 0;
        foreach (Batch batch in Scan([column], [], _fromTicks, _toTicks, cancellationToken))
        {
            var times = (FixedVector<long>)batch[0];
            for (; row < batch.RowCount; row += SampleStride)
            {
                sample.Add(ArrivalOf(times[row], byEventTime));
            }

            row -= batch.RowCount;
        }

        sample.Sort();
        var chunks = new List<(long After, long Through)>();
        long after = long.MinValue;
        for (int at = ChunkRows / SampleStride; at < sample.Count; at += ChunkRows / SampleStride)
        {
            if (sample[at] > after)
            {
                chunks.Add((after, sample[at]));
                after = sample[at];
            }
        }

        chunks.Add((after, long.MaxValue));
        return chunks;
    }

    private List<Batch> ReadChunk(bool byEventTime, long after, long through, CancellationToken cancellationToken) => byEventTime
        ? [.. Scan(_columns, [], Math.Max(_fromTicks, after), Math.Min(_toTicks, through), cancellationToken)]
        : [.. Scan(
            _columns,
            [new IngestionRangeFilter(after == long.MinValue ? after : after + 1, through)],
            _fromTicks,
            _toTicks,
            cancellationToken)];

    private IEnumerable<Batch> Scan(
        string[] columns, ScanFilter[] filters, long fromTicks, long toTicks, CancellationToken cancellationToken)
    {
        var request = new ScanRequest { Columns = columns, FromTicks = fromTicks, ToTicks = toTicks, Filters = filters };
        foreach (Morsel morsel in _snapshot.Scan(request))
        {
            if (morsel.Read(cancellationToken) is { } batch)
            {
                yield return batch;
            }
        }
    }
}
