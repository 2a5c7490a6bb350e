using Bongsu.Core.Batches;
using Bongsu.Query;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;
using Bongsu.Stream.Plans;

namespace Bongsu.Stream.History;

/// <summary>
/// Asks the store what queries must know of long ago before they can tell anything: beside the loop, so that a look-back
/// of a month holds nobody up. Called by one thread.
/// </summary>
internal sealed class Seeds
{
    private static readonly TimeSpan s_retry = TimeSpan.FromMinutes(1);
    private static readonly QueryLimits s_limits = new() { MaxResultRows = 1_000_000, MaxMemoryBytes = 256 << 20, MaxWorkers = 1 };

    private readonly ITableSource _tables;
    private readonly CancellationToken _stop;
    private readonly Dictionary<ContinuousQuery, Task<IReadOnlyList<Batch>>> _running = [];
    private readonly Dictionary<ContinuousQuery, long> _retryTicks = [];

    /// <summary>Nothing is asked yet.</summary>
    /// <param name="tables">The store.</param>
    /// <param name="stop">Ends what runs.</param>
    public Seeds(ITableSource tables, CancellationToken stop)
    {
        _tables = tables;
        _stop = stop;
    }

    /// <summary>Answers a query at once.</summary>
    /// <param name="query">The query.</param>
    /// <param name="tables">The store.</param>
    /// <param name="toTicks">Rows from here on pass the query themselves.</param>
    /// <param name="cancellationToken">Looked at once per block.</param>
    /// <exception cref="QueryException">A limit was passed.</exception>
    public static void Answer(ContinuousQuery query, ITableSource tables, long toTicks, CancellationToken cancellationToken) =>
        query.Seed(Ask(query.SeedPlans(toTicks), tables, query.Plan!.NowTicks, cancellationToken));

    /// <summary>Hands on what was answered since the last time, then begins to ask for queries that need it.</summary>
    /// <param name="queries">All queries.</param>
    /// <param name="nowTicks">Wall clock.</param>
    public void Poll(IReadOnlyList<ContinuousQuery> queries, long nowTicks)
    {
        foreach ((ContinuousQuery query, Task<IReadOnlyList<Batch>> answer) in _running.Where(running => running.Value.IsCompleted).ToArray())
        {
            _running.Remove(query);
            if (query.NeedsSeed && answer.IsCompletedSuccessfully)
            {
                query.Seed(answer.GetAwaiter().GetResult());
                _retryTicks.Remove(query);
            }
            else if (query.NeedsSeed && answer.Exception?.InnerException is { } exception)
            {
                query.FailSeed(exception.Message, nowTicks);
                _retryTicks[query] = nowTicks + s_retry.Ticks;
            }
        }

        foreach (ContinuousQuery query in queries)
        {
            if (query.NeedsSeed && !_running.ContainsKey(query) && nowTicks >= _retryTicks.GetValueOrDefault(query, long.MinValue))
            {
                IReadOnlyList<LogicalPlan> plans = query.SeedPlans(query.NeededFromTicks);
                _running.Add(query, Task.Run(() => Ask(plans, _tables, query.Plan!.NowTicks, _stop), _stop));
            }
        }
    }

    /// <summary>Waits for what runs.</summary>
    public async Task StopAsync()
    {
        foreach (Task<IReadOnlyList<Batch>> answer in _running.Values)
        {
            await Task.WhenAny(answer);
        }
    }

    private static IReadOnlyList<Batch> Ask(
        IReadOnlyList<LogicalPlan> plans, ITableSource tables, long nowTicks, CancellationToken cancellationToken) =>
        [.. plans.Select(plan => PlanRunner.Run(plan, tables, nowTicks, s_limits, cancellationToken))];
}
