using System.Collections.Concurrent;
using Bongsu.Query.Execution;
using Bongsu.Store;
using Bongsu.Stream.Checkpoints;
using Bongsu.Stream.History;
using Bongsu.Stream.Windows;

namespace Bongsu.Stream;

/// <summary>
/// Runs continuous queries over what a tenant's tables commit. Never delays a commit: batches wait in a bounded queue,
/// and past
/// it are read from the log. State is kept in checkpoints with the log position, so that a restart goes on where it
/// was.
/// </summary>
/// <remarks>One loop owns all state; other threads hand it work and read published statistics.</remarks>
public sealed class StreamEngine : IAsyncDisposable
{
    private const int BatchesPerRound = 1_024;

    // A round of thousands of rules costs the same for a row as for a thousand: so many times as long as it took, rows
    // gather for the next.
    private const int RestFactor = 4;
    private const int RowsWorthARound = 20_000;
    private const int DeliveredTogether = 256;
    private static readonly TimeSpan s_leastRest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_budgetInterval = TimeSpan.FromSeconds(5);

    private readonly Database _database;
    private readonly string _tenant;
    private readonly StreamOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string, string, Exception?> _notice;
    private readonly CheckpointStore _checkpoints;
    private readonly StreamPipeline _pipeline;
    private readonly Seeds _seeds;
    private readonly ConcurrentQueue<CommittedBatch> _queue = new();
    private readonly ConcurrentQueue<Func<Task>> _commands = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _wakeCommand = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<ContinuousQuery, long> _retryTicks = [];
    private CheckpointPass? _pass;
    private long _queuedRows;
    private long _sequence;
    private long _lastIdleSequence;
    private long _batchesShed;
    private long _checkpointTicks;
    private long _budgetTicks;
    private bool _isClockBehind;
    private Task _loop = Task.CompletedTask;

    /// <summary>An engine that does not run yet.</summary>
    /// <param name="database">The open store; must outlive the engine.</param>
    /// <param name="tenant">Whose tables.</param>
    /// <param name="options">Times and budgets.</param>
    /// <param name="time">The clock.</param>
    /// <param name="notice">Told what an operator should know: level, text, cause.</param>
    public StreamEngine(
        Database database, string tenant, StreamOptions options, TimeProvider time, Action<string, string, Exception?> notice)
    {
        _database = database;
        _tenant = tenant;
        _options = options;
        _time = time;
        _notice = notice;
        _checkpoints = new CheckpointStore(database.Documents(tenant));
        var tables = new TenantTables(database, tenant);
        _pipeline = new StreamPipeline(options, tables, Warm);
        _seeds = new Seeds(tables, _stop.Token);
    }

    /// <summary>Batches up to this log position have passed the queries.</summary>
    public long ProcessedSequence => Interlocked.Read(ref _sequence);

    /// <summary>Batches that never passed the queries: the log was trimmed before they were read.</summary>
    public long BatchesShed => Interlocked.Read(ref _batchesShed);

    /// <summary>Durable batches that have not passed the queries yet.</summary>
    public long LagBatches => Math.Max(0, _database.LastSequence - ProcessedSequence);

    /// <summary>Rows waiting.</summary>
    public long QueuedRows => Interlocked.Read(ref _queuedRows);

    private long NowTicks => _time.GetUtcNow().UtcTicks;

    /// <summary>Restores the last checkpoint, subscribes to commits and starts.</summary>
    /// <param name="queries">The queries, by unique name.</param>
    public Task StartAsync(IReadOnlyList<ContinuousQuery> queries)
    {
        long now = NowTicks;
        _budgetTicks = now;
        Restore(queries, now);
        _lastIdleSequence = _sequence;
        Checkpoint(); // what comes now is replayed, even after a crash in the first seconds
        _database.Committed += Enqueue; // what came since the position was read shows as a gap
        _loop = Task.Run(RunAsync);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Sets the queries. One with the name of an earlier one takes over its consumer's state, and all of it where text
    /// and
    /// windows are the same.
    /// </summary>
    public Task ReplaceAsync(IReadOnlyList<ContinuousQuery> queries) => InvokeAsync(() =>
    {
        _pipeline.Flush();
        _pass = null;
        HashSet<string> kept = [.. queries.Select(query => query.Name)];
        ILookup<bool, ContinuousQuery> known = _pipeline.Queries.ToLookup(query => kept.Contains(query.Name));
        _checkpoints.Save([.. known[true]], _sequence);
        foreach (ContinuousQuery query in known[false])
        {
            _checkpoints.Forget(query.Name);
        }

        long now = NowTicks;
        BindAndLoad(queries, now);
        _pipeline.SetQueries(queries, now);
        _retryTicks.Clear();
        return Task.CompletedTask;
    });

    /// <summary>Runs a function on the loop, between two batches.</summary>
    public async Task InvokeAsync(Func<Task> function)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _commands.Enqueue(async () =>
        {
            try
            {
                await function();
                done.SetResult();
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        _wakeCommand.Release();
        _wake.Release();
        await Task.WhenAny(done.Task, _loop);
        ObjectDisposedException.ThrowIf(!done.Task.IsCompleted, this);
        await done.Task;
    }

    /// <summary>Completes once everything committed before the call has passed the queries and what it led to was
    /// delivered.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken = default)
    {
        long target = _database.LastSequence;
        bool isDone = false;
        while (!isDone)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await InvokeAsync(async () =>
            {
                await RoundAsync();
                isDone = _sequence >= target && _queue.IsEmpty;
            });
        }
    }

    /// <summary>Health of a query.</summary>
    public StreamStatistics StatisticsOf(ContinuousQuery query) => _pipeline.StatisticsOf(query);

    /// <summary>Writes a checkpoint of everything.</summary>
    public Task CheckpointAsync() => InvokeAsync(() =>
    {
        Checkpoint();
        return Task.CompletedTask;
    });

    /// <summary>Stops the loop after a last checkpoint.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(withCheckpoint: true);
        _stop.Dispose();
        _wake.Dispose();
        _wakeCommand.Dispose();
    }

    /// <summary>Stops the loop.</summary>
    /// <param name="withCheckpoint">False = as a crash would.</param>
    public async Task StopAsync(bool withCheckpoint)
    {
        _database.Committed -= Enqueue;
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _wakeCommand.Release();
        _wake.Release();
        await _loop;
        await _seeds.StopAsync();
        if (withCheckpoint)
        {
            try
            {
                Checkpoint();
            }
            catch (Exception exception)
            {
                _notice("error", "the last stream checkpoint was not written; the rows since the one before will be read again", exception);
            }
        }
    }

    // On the committing path: quick, never throws, never waits.
    private void Enqueue(CommittedBatch committed)
    {
        if (Interlocked.Read(ref _queuedRows) < _options.MaxQueuedRows)
        {
            Interlocked.Add(ref _queuedRows, committed.Batch.RowCount);
            _queue.Enqueue(committed);
        }

        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            long started = _time.GetTimestamp();
            try
            {
                await RoundAsync();
                while (_commands.TryDequeue(out Func<Task>? command))
                {
                    await command();
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                _notice("error", "a round of the stream failed; it goes on", exception);
            }

            if (_commands.IsEmpty && QueuedRows < RowsWorthARound)
            {
                await RestAsync(_time.GetElapsedTime(started));
            }

            if (_queue.IsEmpty && _commands.IsEmpty)
            {
                await _wake.WaitAsync(_options.TickInterval);
            }
        }

        while (_commands.TryDequeue(out Func<Task>? command))
        {
            await command();
        }
    }

    private async Task RestAsync(TimeSpan round)
    {
        TimeSpan rest = round * RestFactor < s_longestRest ? round * RestFactor : s_longestRest;
        if (rest >= s_leastRest)
        {
            await _wakeCommand.WaitAsync(rest);
        }
    }

    private async Task RoundAsync()
    {
        for (int batch = 0; batch < BatchesPerRound && _queue.TryDequeue(out CommittedBatch? committed); batch++)
        {
            Interlocked.Add(ref _queuedRows, -committed.Batch.RowCount);
            if (committed.Sequence > _sequence + 1)
            {
                await CatchUpAsync(committed.Sequence - 1);
            }

            Process(committed);
        }

        _pipeline.Flush();
        _seeds.Poll(_pipeline.Queries, NowTicks);
        if (_queue.IsEmpty)
        {
            await AdvanceIdleAsync();
        }

        await DeliverAsync();
        long now = NowTicks;
        if (now - _budgetTicks >= s_budgetInterval.Ticks)
        {
            _budgetTicks = now;
            _pipeline.HoldBudget(now);
        }

        if (_pass is not null || now - _checkpointTicks >= _options.CheckpointInterval.Ticks)
        {
            Checkpoint(isAll: false);
        }
    }

    // Time may only pass where nothing waits. A batch past the full queue leaves a gap that no later one may show.
    private async Task AdvanceIdleAsync()
    {
        long last = _database.LastSequence;
        if (last > _sequence)
        {
            if (_lastIdleSequence == last)
            {
                await CatchUpAsync(last);
            }

            _lastIdleSequence = last;
            return;
        }

        long now = NowTicks;
        _pipeline.Bind(_database.SchemaVersion, now);
        _pipeline.Advance(now);
    }

    private async Task CatchUpAsync(long throughSequence)
    {
        await foreach (CommittedBatch committed in _database.ReadLogAsync(_sequence, _stop.Token))
        {
            if (committed.Sequence > throughSequence)
            {
                break;
            }

            Process(committed);
        }

        if (_sequence < throughSequence)
        {
            NoteShed(throughSequence - _sequence);
            Interlocked.Exchange(ref _sequence, throughSequence);
        }
    }

    private void Process(CommittedBatch committed)
    {
        if (committed.Sequence <= _sequence)
        {
            return;
        }

        if (committed.Sequence > _sequence + 1)
        {
            NoteShed(committed.Sequence - _sequence - 1);
        }

        NoteClock(committed.IngestedTicks);
        if (committed.Table.Tenant == _tenant)
        {
            try
            {
                _pipeline.Bind(_database.SchemaVersion, committed.IngestedTicks);
                _pipeline.Process(committed);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _notice("error", $"batch {committed.Sequence} of table {committed.Table.Name} did not pass all rules", exception);
            }
        }

        Interlocked.Exchange(ref _sequence, committed.Sequence);
    }

    // Rows are stamped in the order they come, so stamps stand still while a clock that was set back catches up.
    private void NoteClock(long stampTicks)
    {
        TimeSpan behind = TimeSpan.FromTicks(stampTicks - NowTicks);
        if (behind > s_clockTolerance && !_isClockBehind)
        {
            _notice(
                "warn",
                $"the clock was set back by {TimeSpan.FromSeconds(Math.Round(behind.TotalSeconds))} against the stamps of stored rows; "
                + $"until it is there again rows count as late, and rules leave out those older than {_options.MaxDelay} by that stamp",
                null);
        }

        _isClockBehind = behind > s_clockTolerance;
    }

    private void NoteShed(long batches)
    {
        Interlocked.Add(ref _batchesShed, batches);
        _notice("warn", $"{batches} batches did not pass the rules: the log was trimmed before they were read", null);
    }

    // State first, in one write; then all consumers at once, so that what they store is synced together.
    private async Task DeliverAsync()
    {
        long now = NowTicks;
        ContinuousQuery[] queries =
        [
            .. _pipeline.Queries.Where(query => query.Consumer.HasPending && now >= _retryTicks.GetValueOrDefault(query, long.MinValue)),
        ];
        if (queries.Length == 0)
        {
            return;
        }

        try
        {
            _checkpoints.Save(queries, _sequence);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Array.ForEach(queries, query => NoteFailure(query, exception));
            return;
        }

        foreach (ContinuousQuery[] together in queries.Chunk(DeliveredTogether))
        {
            Exception?[] failures = await Task.WhenAll(together.Select(TryDeliverAsync));
            for (int query = 0; query < together.Length; query++)
            {
                together[query].IsDirty = true;
                if (failures[query] is { } failure)
                {
                    NoteFailure(together[query], failure);
                }
                else
                {
                    _retryTicks.Remove(together[query]);
                }
            }
        }
    }

    private async Task<Exception?> TryDeliverAsync(ContinuousQuery query)
    {
        try
        {
            await query.Consumer.DeliverAsync(_stop.Token);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return exception;
        }
    }

    private void NoteFailure(ContinuousQuery query, Exception failure)
    {
        _retryTicks[query] = NowTicks + TimeSpan.TicksPerSecond;
        _notice("error", $"what {query.Name} has to say could not be stored; it is tried again", failure);
    }

    private void Checkpoint(bool isAll = true)
    {
        _pipeline.Flush();
        if (isAll || _pass is null)
        {
            _checkpointTicks = NowTicks;
            _pass = new CheckpointPass(_checkpoints, _pipeline.Queries, _pipeline.Flows, _sequence);
        }

        if (_pass.Step(_sequence, isAll))
        {
            _database.SetStreamCheckpoint(_pass.Sequence);
            _pass = null;
        }
    }

    private void Restore(IReadOnlyList<ContinuousQuery> queries, long now)
    {
        try
        {
            long? sequence = _checkpoints.LoadClocks(table => _pipeline.Flow(table, now), now);
            _sequence = sequence ?? _database.LastSequence;
        }
        catch (InvalidDataException exception)
        {
            _notice("error", "the stream's checkpoint cannot be read; rules begin anew", exception);
            _sequence = _database.LastSequence;
        }

        BindAndLoad(queries, now);
        _pipeline.SetQueries(queries, now);
    }

    private void BindAndLoad(IReadOnlyList<ContinuousQuery> queries, long now)
    {
        var tables = new TenantTables(_database, _tenant);
        foreach (ContinuousQuery query in queries)
        {
            query.Bind(tables, now);
            try
            {
                _checkpoints.TryLoad(query);
            }
            catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
            {
                _notice("error", $"the state of {query.Name} cannot be read; it begins anew", exception);
            }

            query.TellBinding(now);
        }
    }

    private void Warm(TableFlow flow, IReadOnlyList<ContinuousQuery> queries, long arrivedThroughTicks)
    {
        if (_database.FindTable(_tenant, flow.Table) is not { } table)
        {
            return;
        }

        long fromTicks = queries.Min(query => query.NeededFromTicks);
        string[] columns = [.. queries.SelectMany(query => query.Plan!.Scan.Schema.Columns.ToArray()).Select(column => column.Name).Distinct()];
        HashSet<ContinuousQuery> warmed = [.. queries];
        foreach (CommittedBatch committed in new StoredRows(table, columns, fromTicks, long.MaxValue).Read(byEventTime: false, _stop.Token))
        {
            if (committed.IngestedTicks > arrivedThroughTicks)
            {
                break;
            }

            if (flow.Live(committed, isCounted: false) is { } live)
            {
                flow.Feed(new LiveBatch([live]), (query, rows) =>
                {
                    if (warmed.Contains(query))
                    {
                        query.Warm(rows);
                    }
                });
            }
        }
    }
}
