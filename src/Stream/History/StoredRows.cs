using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Stream.History;

/// <summary>
/// Reads a table's rows again as the batches they came in, in the order they came; or by event time, as if each row had
/// come in
/// time. Memory is bounded: rows are read in chunks.
/// </summary>
internal sealed class StoredRows
{
    // A chunk is held in memory twice (as read and in order): half a million rows of a few columns are about 100 MB.
    private const int ChunkRows = 500_000;

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

    /// <summary>The batches; sequences count from 1.</summary>
    /// <param name="byEventTime">
    /// True: one batch per second of event time, each arriving at the end of its second, from one source.
    /// </param>
    /// <param name="cancellationToken">Looked at once per block.</param>
    public IEnumerable<CommittedBatch> Read(bool byEventTime, CancellationToken cancellationToken)
    {
        long sequence = 0;
        foreach ((long from, long to) in Chunks(byEventTime, cancellationToken))
        {
            Batch? chunk = ReadChunk(byEventTime, from, to, cancellationToken);
            if (chunk is null)
            {
                continue;
            }

            var times = (FixedVector<long>)chunk[byEventTime ? 0 : 1];
            long[] keys = times.IsConstant ? [.. Enumerable.Repeat(times[0], chunk.RowCount)] : times.Values.ToArray();
            int[] order = [.. Enumerable.Range(0, keys.Length)];
            Array.Sort((long[])keys.Clone(), order);
            for (int start = 0; start < order.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long group = GroupOf(keys[order[start]], byEventTime);
                int end = start + 1;
                while (end < order.Length && GroupOf(keys[order[end]], byEventTime) == group)
                {
                    end++;
                }

                yield return Commit(chunk, order.AsSpan(start, end - start), group, byEventTime, ++sequence);
                start = end;
            }
        }
    }

    private static long GroupOf(long ticks, bool byEventTime) =>
        byEventTime ? ((ticks / TimeSpan.TicksPerSecond) + 1) * TimeSpan.TicksPerSecond : ticks;

    private CommittedBatch Commit(Batch chunk, ReadOnlySpan<int> rows, long arrivedTicks, bool byEventTime, long sequence)
    {
        int[] ordered = rows.ToArray();
        Array.Sort(ordered); // the order in which they were stored, where the arrival is the same
        Batch gathered = chunk.Gather(ordered);
        string source = byEventTime ? "" : ((StringVector)gathered[2]).GetString(0);
        var schema = new Schema([gathered.Schema[0], .. gathered.Schema.Columns[3..]]);
        var batch = new Batch(schema, [gathered[0], .. gathered.Vectors[3..]], gathered.RowCount);
        return new CommittedBatch(_table, batch, source, sequence, arrivedTicks);
    }

    // Bounds (both included) of the ordering time, so that each chunk holds about ChunkRows rows.
    private List<(long From, long To)> Chunks(bool byEventTime, CancellationToken cancellationToken)
    {
        var times = new List<long>();
        string column = byEventTime ? SystemColumns.Timestamp : SystemColumns.IngestionTime;
        foreach (Batch batch in Scan([column], [], _fromTicks, _toTicks, cancellationToken))
        {
            var vector = (FixedVector<long>)batch[0];
            for (int row = 0; row < batch.RowCount; row++)
            {
                times.Add(GroupOf(vector[row], byEventTime));
            }
        }

        times.Sort();
        var chunks = new List<(long From, long To)>();
        for (int start = 0; start < times.Count;)
        {
            int end = Math.Min(start + ChunkRows, times.Count);
            while (end < times.Count && times[end] == times[end - 1])
            {
                end++;
            }

            chunks.Add((times[start], times[end - 1]));
            start = end;
        }

        return chunks;
    }

    private Batch? ReadChunk(bool byEventTime, long from, long to, CancellationToken cancellationToken)
    {
        List<Batch> batches = byEventTime
            ? [.. Scan(_columns, [], Math.Max(_fromTicks, from - TimeSpan.TicksPerSecond), Math.Min(_toTicks, to), cancellationToken)]
            : [.. Scan(_columns, [new IngestionRangeFilter(from, to)], _fromTicks, _toTicks, cancellationToken)];
        if (batches.Count == 0)
        {
            return null;
        }

        var vectors = new Vector[_columns.Length];
        for (int column = 0; column < vectors.Length; column++)
        {
            VectorBuilder builder = VectorBuilder.Create(batches[0].Schema[column].Type);
            foreach (Batch batch in batches)
            {
                builder.AppendRange(batch[column], 0, batch.RowCount);
            }

            vectors[column] = builder.Build();
        }

        return new Batch(batches[0].Schema, vectors, batches.Sum(batch => batch.RowCount));
    }

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
