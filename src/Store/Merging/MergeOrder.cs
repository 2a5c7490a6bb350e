using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Parts;

namespace Bongsu.Store.Merging;

/// <summary>The order in which a merge takes the rows of its inputs: by stream, then by time, as runs.</summary>
internal static class MergeOrder
{
    /// <summary>Runs of rows; each input gives its rows in its own order, and <see cref="RowRun.Start"/> counts them from
    /// its first.</summary>
    public static List<RowRun> Of(IReadOnlyList<Part> inputs, CancellationToken cancellationToken)
    {
        var streams = new StreamRanks();
        foreach (Part input in inputs)
        {
            for (int block = 0; block < input.Blocks.Count; block++)
            {
                streams.Add(Text(input, StreamRanks.ServiceColumn, block), Text(input, StreamRanks.HostColumn, block));
            }
        }

        streams.Freeze();
        Cursor[] cursors = [.. inputs.Select(input => new Cursor(input, streams))];
        var queue = new PriorityQueue<int, (int Rank, long Ticks, int Input)>();
        for (int input = 0; input < cursors.Length; input++)
        {
            Enqueue(input);
        }

        var runs = new List<RowRun>();
        while (queue.TryDequeue(out int input, out _))
        {
            Cursor cursor = cursors[input];
            int start = cursor.Position;
            if (queue.TryPeek(out _, out (int Rank, long Ticks, int Input) limit))
            {
                cursor.SkipBelow(limit.Rank, limit.Ticks, isEqualBelow: input < limit.Input);
            }
            else
            {
                cursor.SkipBelow(int.MaxValue, 0, isEqualBelow: false);
            }

            runs.Add(new RowRun(input, start, cursor.Position - start));
            Enqueue(input);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return runs;

        void Enqueue(int input)
        {
            if (cursors[input].TryGetKey(out int rank, out long ticks))
            {
                queue.Enqueue(input, (rank, ticks, input));
            }
        }
    }

    private static StringVector Text(Part input, string column, int block) =>
        input.Read(column, block, out _) as StringVector ?? StringVector.Constant(default, input.Blocks[block].RowCount);

    // Walks the sort keys of one input.
    private sealed class Cursor(Part input, StreamRanks streams)
    {
        private int _block = -1;
        private int _row;
        private int _run;
        private List<StreamRun> _runs = [];
        private FixedVector<long>? _ticks;

        /// <summary>Rows passed.</summary>
        public int Position { get; private set; }

        public bool TryGetKey(out int rank, out long ticks)
        {
            if ((_ticks is null || _row == _ticks.Length) && !MoveToNextBlock())
            {
                (rank, ticks) = (0, 0);
                return false;
            }

            (rank, ticks) = (_runs[_run].Rank, _ticks![_row]);
            return true;
        }

        // Passes the rows that come before a key; at least the one it stands at.
        public void SkipBelow(int rank, long ticks, bool isEqualBelow)
        {
            int start = Position;
            while (TryGetKey(out int here, out _))
            {
                StreamRun run = _runs[_run];
                int end = here < rank ? run.End
                    : here > rank ? _row
                    : FirstNotBelow(_row, run.End, ticks, isEqualBelow);
                end = Position == start ? Math.Max(end, _row + 1) : end;
                Position += end - _row;
                _row = end;
                if (_row < run.End)
                {
                    return;
                }

                _run++;
            }
        }

        private int FirstNotBelow(int low, int high, long ticks, bool isEqualBelow)
        {
            while (low < high)
            {
                int middle = (int)(((uint)low + (uint)high) >> 1);
                long time = _ticks![middle];
                if (time < ticks || (isEqualBelow && time == ticks))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        private bool MoveToNextBlock()
        {
            if (_block + 1 >= input.Blocks.Count)
            {
                return false;
            }

            _block++;
            (_row, _run) = (0, 0);
            _runs = streams.RunsOf(Text(input, StreamRanks.ServiceColumn, _block), Text(input, StreamRanks.HostColumn, _block));
            _ticks = (FixedVector<long>)(input.Read(SystemColumns.Timestamp, _block, out _) ??
                Vector.Nulls(ScalarType.DateTime, input.Blocks[_block].RowCount));
            return true;
        }
    }
}
