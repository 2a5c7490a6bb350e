using Bongsu.Core.Batches;
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
        if (input.Split() is not { } units)
        {
            TState only = create();
            foreach (Batch batch in input.Execute())
            {
                run.Cancellation.ThrowIfCancellationRequested();
                consume(only, batch);
            }

            return [only];
        }

        var states = new TState[Math.Clamp(units.Count, 1, run.Limits.MaxWorkers)];
        for (int worker = 0; worker < states.Length; worker++)
        {
            states[worker] = create();
        }

        ParallelWork.Run(run, states.Length, units.Count, (worker, unit, arrays) =>
        {
            foreach (Batch batch in units[unit](arrays))
            {
                consume(states[worker], batch);
            }
        });
        return states;
    }
}
