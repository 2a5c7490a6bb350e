using System.Runtime.ExceptionServices;
using Bongsu.Core.Batches;
using Bongsu.Query.Operators;

namespace Bongsu.Query.Execution;

/// <summary>
/// Runs work units on several threads and gives their batches in the order of the units, a few units ahead of the
/// reader.
/// </summary>
/// <remarks>
/// The first unit runs on the reader's thread alone, so that a query that needs few rows (<c>take</c>) reads one block.
/// A unit that no thread took yet when the reader wants it is run by the reader; so nothing waits for a busy thread
/// pool.
/// </remarks>
internal static class ParallelStream
{
    public static IEnumerable<Batch> Run(IReadOnlyList<WorkUnit> units, QueryRun run)
    {
        int ahead = run.Limits.MaxWorkers > 1 ? run.Limits.MaxWorkers + 1 : 0;
        var slots = new Slot[units.Count];
        int started = 0;
        try
        {
            for (int unit = 0; unit < units.Count; unit++)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                for (; unit > 0 && started < Math.Min(units.Count, unit + ahead); started++)
                {
                    slots[started] = new Slot(units[started]);
                    ThreadPool.UnsafeQueueUserWorkItem(slots[started], preferLocal: false);
                }

                started = Math.Max(started, unit + 1);
                Slot slot = slots[unit] ??= new Slot(units[unit]);
                foreach (Batch batch in slot.Take())
                {
                    yield return batch;
                }

                slots[unit] = null!;
            }
        }
        finally
        {
            // Units at work hold the snapshot's blocks: the caller may only go on when they have let go.
            foreach (Slot? slot in slots)
            {
                slot?.Abandon();
            }
        }
    }

    private sealed class Slot : IThreadPoolWorkItem
    {
        private readonly WorkUnit _unit;
        private readonly object _gate = new();
        private bool _isTaken;
        private bool _isDone;
        private List<Batch> _batches = [];
        private ExceptionDispatchInfo? _error;

        public Slot(WorkUnit unit)
        {
            _unit = unit;
        }

        public void Execute()
        {
            if (!TryTake())
            {
                return;
            }

            try
            {
                _batches = _unit(null).ToList();
            }
#pragma warning disable CA1031 // Thrown again on the reader's thread.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _error = ExceptionDispatchInfo.Capture(error);
            }
            finally
            {
                Finish();
            }
        }

        public IEnumerable<Batch> Take()
        {
            if (TryTake())
            {
                Finish();
                return _unit(null);
            }

            Wait();
            _error?.Throw();
            return _batches;
        }

        public void Abandon()
        {
            if (!TryTake())
            {
                Wait();
            }
        }

        private void Finish()
        {
            lock (_gate)
            {
                _isDone = true;
                Monitor.PulseAll(_gate);
            }
        }

        private void Wait()
        {
            lock (_gate)
            {
                while (!_isDone)
                {
                    Monitor.Wait(_gate);
                }
            }
        }

        private bool TryTake()
        {
            lock (_gate)
            {
                bool mine = !_isTaken;
                _isTaken = true;
                return mine;
            }
        }
    }
}
