using System.Runtime.ExceptionServices;
using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators;

namespace Bongsu.Query.Execution;

/// <summary>
/// Feeds all batches of an operator to states, one state per thread: the first half of a pipeline breaker.
/// </summary>
internal static class ParallelConsumer
{
    /// <summary>Consumes everything.</summary>
    /// <param name="input">Its work units are shared out over the threads; without units one thread reads it in
    /// order.</param>
    /// <param name="run">Says how many threads.</param>
    /// <param name="create">Makes the state of a thread.</param>
    /// <param name="consume">Takes in one batch, and keeps nothing of it; called by one thread per state.</param>
    /// <returns>The states, at least one.</returns>
    public static IReadOnlyList<TState> Consume<TState>(
        Operator input, QueryRun run, Func<TState> create, Action<TState, Batch> consume)
    {
        IReadOnlyList<WorkUnit>? units = input.Split();
        int workers = Math.Min(run.Limits.MaxWorkers, units?.Count ?? 1);
        if (units is null || workers <= 1)
        {
            TState only = create();
            if (units is not null)
            {
                var progress = new Progress();
                Work(units, progress, run, only, consume);
                progress.Error?.Throw();
                return [only];
            }

            foreach (Batch batch in input.Execute())
            {
                run.Cancellation.ThrowIfCancellationRequested();
                consume(only, batch);
            }

            return [only];
        }

        var states = new TState[workers];
        var tasks = new Task[workers - 1];
        var shared = new Progress();
        for (int worker = 0; worker < workers; worker++)
        {
            states[worker] = create();
            TState state = states[worker];
            if (worker > 0)
            {
                tasks[worker - 1] = Task.Run(() => Work(units, shared, run, state, consume), CancellationToken.None);
            }
        }

        Work(units, shared, run, states[0], consume);
        Task.WaitAll(tasks, CancellationToken.None);
        shared.Error?.Throw();
        return states;
    }

    private static void Work<TState>(
        IReadOnlyList<WorkUnit> units, Progress progress, QueryRun run, TState state, Action<TState, Batch> consume)
    {
        using var arrays = new BlockArrays();
        try
        {
            for (int unit = progress.Next(); unit < units.Count && progress.Error is null; unit = progress.Next())
            {
                run.Cancellation.ThrowIfCancellationRequested();
                foreach (Batch batch in units[unit](arrays))
                {
                    consume(state, batch);
                }

                arrays.Reset();
            }
        }
#pragma warning disable CA1031 // The first error of any thread ends the query; it is thrown by the thread that waits for all.
        catch (Exception error)
#pragma warning restore CA1031
        {
            progress.Fail(ExceptionDispatchInfo.Capture(error));
        }
    }

    private sealed class Progress
    {
        private int _next = -1;
        private ExceptionDispatchInfo? _error;

        public ExceptionDispatchInfo? Error => Volatile.Read(ref _error);

        public int Next() => Interlocked.Increment(ref _next);

        public void Fail(ExceptionDispatchInfo error) => Interlocked.CompareExchange(ref _error, error, null);
    }
}
