using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Sorting;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>
/// For <c>top N by timestamp</c>: keeps rows that can still be among the N latest (or earliest) of the table, given the
/// blocks that were read before; blocks that lie wholly beyond are skipped. Thread-safe.
/// </summary>
internal sealed class TopTimeFilter : ScanFilter
{
    /// <summary>Largest N for which this pays; beyond, the operator's own selection does as well.</summary>
    public const int MaxCount = 10_000;

    private readonly Lock _gate = new();
    private readonly int _count;

    // The N best times of all blocks so far, worst on top; times are negated where the earliest are wanted.
    private readonly PriorityQueue<long, long> _best = new();
    private long _threshold = long.MinValue;

    public TopTimeFilter(int count, bool isDescending)
    {
        _count = count;
        IsDescending = isDescending;
    }

    /// <summary>True for the latest rows.</summary>
    public bool IsDescending { get; }

    public override IReadOnlyList<string> Columns { get; } = [SystemColumns.Timestamp];

    // After every condition: only rows that passed may count.
    public override double Cost => double.MaxValue;

    public override bool MayMatch(BlockSummary block)
    {
        ColumnSummary time = block.Column(SystemColumns.Timestamp);
        return !time.TryGetRange(out Scalar min, out Scalar max)
            || Rank(IsDescending ? max.AsLong : min.AsLong) >= Volatile.Read(ref _threshold);
    }

    public override void Apply(ReadOnlySpan<Vector> columns, Bitmap selection)
    {
        var times = (FixedVector<long>)columns[0];
        int[] rows = selection.ToSelection();
        long threshold = Volatile.Read(ref _threshold);
        long[] ranks = new long[rows.Length];
        int count = 0;
        foreach (int row in rows)
        {
            long rank = Rank(times[row]);
            ranks[count] = rank;
            count += rank >= threshold ? 1 : 0;
        }

        Span<long> best = ranks.AsSpan(0, count);
        if (count > _count)
        {
            // What stands behind the selected rank is not smaller.
            Selector.Select(best, count - _count);
            best = best[^_count..];
        }

        threshold = Merge(best);
        foreach (int row in rows)
        {
            if (Rank(times[row]) < threshold)
            {
                selection[row] = false;
            }
        }
    }

    /// <summary>Of found rows those that are still among the best.</summary>
    public int[] Best(FoundRows found)
    {
        long threshold = Volatile.Read(ref _threshold);
        FixedVector<long> times = found.Timestamps;
        return [.. Enumerable.Range(0, found.Rows.Length)
            .Where(index => Rank(times[index]) >= threshold)
            .Select(index => found.Rows[index])];
    }

    private long Rank(long ticks) => IsDescending ? ticks : -ticks;

    private long Merge(ReadOnlySpan<long> ranks)
    {
        lock (_gate)
        {
            foreach (long rank in ranks)
            {
                if (_best.Count < _count)
                {
                    _best.Enqueue(rank, rank);
                }
                else if (rank > _best.Peek())
                {
                    _best.EnqueueDequeue(rank, rank);
                }
            }

            if (_best.Count == _count)
            {
                Volatile.Write(ref _threshold, _best.Peek());
            }

            return _threshold;
        }
    }
}
