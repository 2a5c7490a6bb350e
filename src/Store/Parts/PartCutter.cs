using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Files;
using Bongsu.Store.Head;

namespace Bongsu.Store.Parts;

/// <summary>Writes rows of the head as parts: one for each UTC day, rows sorted by service, host and time.</summary>
internal static class PartCutter
{
    // A batch may span any number of days; past so many the rest shares one part, which then belongs to no single day.
    private const int MaxPartitions = 32;

    /// <summary>Writes the parts; either all are written and durable (but for their names), or none is left.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="chunks">At least one row.</param>
    /// <param name="schema">The table's columns; the hidden ones are added.</param>
    /// <param name="nextPath">Gives the path of the next part.</param>
    /// <param name="blockRows">Most rows of a block.</param>
    public static List<string> Cut(IFileSystem files, HeadChunk[] chunks, Schema schema, Func<string> nextPath, int blockRows)
    {
        var paths = new List<string>();
        try
        {
            int rowCount = chunks.Sum(chunk => chunk.RowCount);
            foreach (RowOrder order in Sort(chunks))
            {
                paths.Add(nextPath());
                using var writer = new PartWriter(files, paths[^1], EncodingEffort.Part);
                var rows = new HeadRows(chunks, order, order.Count == rowCount, blockRows);
                new PartAssembler(writer, rows).Write(AllColumns(schema));
            }

            return paths;
        }
        catch
        {
            paths.ForEach(files.DeleteFile);
            throw;
        }
    }

    /// <summary>The columns of a part: the schema's and the hidden ones.</summary>
    public static IReadOnlyCollection<Column> AllColumns(Schema schema) =>
    [
        .. schema.Columns,
        new Column(SystemColumns.IngestionTime, ScalarType.DateTime),
        new Column(SystemColumns.Source, ScalarType.String),
    ];

    private static IEnumerable<RowOrder> Sort(HeadChunk[] chunks)
    {
        (int[] ranks, int rankCount) = Ranks(chunks);
        RowOrder arrival = RowOrder.Sequential(Array.ConvertAll(chunks, chunk => chunk.RowCount));
        long[] ticks = new long[arrival.Count];
        int next = 0;
        foreach (HeadChunk chunk in chunks)
        {
            var timestamps = (FixedVector<long>)chunk.Read(SystemColumns.Timestamp, ScalarType.DateTime);
            for (int row = 0; row < timestamps.Length; row++)
            {
                ticks[next++] = timestamps[row];
            }
        }

        int[] partitions = Partitions(ticks, out int partitionCount);
        foreach (int[] rows in SortedPartitions(ticks, ranks, rankCount, partitions, partitionCount))
        {
            yield return new RowOrder(
                Array.ConvertAll(rows, row => arrival.Sources[row]),
                Array.ConvertAll(rows, row => arrival.Rows[row]));
        }
    }

    private static (int[] Ranks, int Count) Ranks(HeadChunk[] chunks)
    {
        var streams = new StreamRanks();
        foreach (HeadChunk chunk in chunks)
        {
            streams.Add(Text(chunk, StreamRanks.ServiceColumn), Text(chunk, StreamRanks.HostColumn));
        }

        streams.Freeze();
        int[] ranks = GC.AllocateUninitializedArray<int>(chunks.Sum(chunk => chunk.RowCount));
        int row = 0;
        foreach (HeadChunk chunk in chunks)
        {
            streams.RanksOf(
                Text(chunk, StreamRanks.ServiceColumn), Text(chunk, StreamRanks.HostColumn), ranks.AsSpan(row, chunk.RowCount));
            row += chunk.RowCount;
        }

        return (ranks, streams.Count);
    }

    private static StringVector Text(HeadChunk chunk, string column) =>
        chunk.Find(column) as StringVector ?? StringVector.Constant(default, chunk.RowCount);

    // By row a small number that stands for its day.
    private static int[] Partitions(long[] ticks, out int count)
    {
        int[] partitions = new int[ticks.Length];
        var rowsByDay = new Dictionary<long, int>();
        foreach (long time in ticks)
        {
            long day = DayOf(time);
            rowsByDay[day] = rowsByDay.GetValueOrDefault(day) + 1;
        }

        count = Math.Min(MaxPartitions, rowsByDay.Count);
        if (count == 1)
        {
            return partitions;
        }

        long[] days = [.. rowsByDay.OrderByDescending(day => day.Value).ThenBy(day => day.Key).Select(day => day.Key)];
        var partitionByDay = new Dictionary<long, int>();
        for (int index = 0; index < days.Length; index++)
        {
            partitionByDay.Add(days[index], Math.Min(index, MaxPartitions - 1));
        }

        for (int row = 0; row < ticks.Length; row++)
        {
            partitions[row] = partitionByDay[DayOf(ticks[row])];
        }

        return partitions;
    }

    /// <summary>The UTC day of a time.</summary>
    public static long DayOf(long ticks) => ticks / TimeSpan.TicksPerDay;

    // Counting sort by partition and stream, then by time within each; equal times stay in the order they came.
    private static IEnumerable<int[]> SortedPartitions(long[] ticks, int[] ranks, int rankCount, int[] partitions, int partitionCount)
    {
        int[] ends = new int[checked(rankCount * partitionCount)];
        for (int row = 0; row < ticks.Length; row++)
        {
            ends[(partitions[row] * rankCount) + ranks[row]]++;
        }

        for (int bucket = 1; bucket < ends.Length; bucket++)
        {
            ends[bucket] += ends[bucket - 1];
        }

        int[] rows = new int[ticks.Length];
        int[] starts = new int[ends.Length];
        ends.AsSpan(0, ends.Length - 1).CopyTo(starts.AsSpan(1));
        int[] next = [.. starts];
        for (int row = 0; row < ticks.Length; row++)
        {
            rows[next[(partitions[row] * rankCount) + ranks[row]]++] = row;
        }

        for (int partition = 0; partition < partitionCount; partition++)
        {
            int first = starts[partition * rankCount];
            int end = ends[((partition + 1) * rankCount) - 1];
            for (int bucket = partition * rankCount; bucket < (partition + 1) * rankCount; bucket++)
            {
                SortByTime(rows.AsSpan(starts[bucket], ends[bucket] - starts[bucket]), ticks);
            }

            yield return rows[first..end];
        }
    }

    private static void SortByTime(Span<int> rows, long[] ticks)
    {
        bool isSorted = true;
        long[] keys = new long[rows.Length];
        for (int index = 0; index < keys.Length; index++)
        {
            keys[index] = ticks[rows[index]];
            isSorted &= index == 0 || keys[index] >= keys[index - 1];
        }

        if (isSorted)
        {
            return;
        }

        MemoryExtensions.Sort(keys.AsSpan(), rows);
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            rows[start..end].Sort();
            start = end;
        }
    }
}
