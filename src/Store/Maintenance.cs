using Bongsu.Store.Files;
using Bongsu.Store.Merging;
using Bongsu.Store.Parts;

namespace Bongsu.Store;

/// <summary>Background work: cutting parts and trimming the log in one loop, merging and retention in another. Sleeps
/// when idle.</summary>
internal sealed class Maintenance : IAsyncDisposable
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_retentionInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_deferral = TimeSpan.FromSeconds(1);

    // Merging and a full intake take as much memory, and both cores; past so many parts it cannot wait.
    private const int MaxDeferredParts = 24;

    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<IEnumerable<Table>> _tables;
    private readonly MaintenanceParts _parts;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _cutSignal = new(0, 1);
    private readonly SemaphoreSlim _mergeSignal = new(0, 1);
    private Task _loops = Task.CompletedTask;

    public Maintenance(StoreOptions options, TimeProvider time, Func<IEnumerable<Table>> tables, MaintenanceParts parts)
    {
        _options = options;
        _time = time;
        _tables = tables;
        _parts = parts;
    }

    public void Start() => _loops = Task.WhenAll(Task.Run(CutLoopAsync), Task.Run(MergeLoopAsync));

    /// <summary>Wakes the cutting loop: a head is large, or not empty any more.</summary>
    public void Signal() => Release(_cutSignal);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loops.ConfigureAwait(false);
        // The signals stay usable: batches that are still on their way to the log may call.
        _stop.Dispose();
    }

    /// <summary>Cuts what is due, and trims the log; true where something was cut.</summary>
    public bool CutDue()
    {
        bool hasCut = false;
        foreach (Table table in _tables())
        {
            (long sizeBytes, long? oldest) = table.HeadState();
            bool isOld = oldest is { } ticks && _time.GetUtcNow().UtcTicks - ticks >= _options.CutAge.Ticks;
            if (isOld || sizeBytes >= _options.CutBytes)
            {
                table.Cut();
                hasCut = true;
            }
        }

        while (_parts.Budget.IsTight && Largest() is { } largest)
        {
            largest.Cut();
            hasCut = true;
        }

        _parts.Trimmer.Trim();
        if (_parts.Space.IsFull)
        {
            _parts.LogFiles.DropSpares();
        }
        else if (_parts.Log.IsActiveHalfFull)
        {
            _parts.LogFiles.PrepareSpare(_parts.SegmentBytes);
        }

        return hasCut;
    }

    /// <summary>Drops parts by age and by size, and forgets old keys.</summary>
    public void ApplyRetention()
    {
        long now = _time.GetUtcNow().UtcTicks;
        _parts.Keys.Forget(now);
        _parts.KeyFiles.DeleteOlderThan(now - _options.KeyMemory.Ticks);
        foreach ((Table table, List<Part> expired) in RetentionPolicy.Choose(_tables(), _options, _parts.Space.TotalBytes, now))
        {
            table.Drop(expired);
            _options.Notice?.Invoke(new StoreNotice(
                StoreNoticeLevel.Information,
                $"retention: {expired.Count} parts of table '{table.Name}' with {expired.Sum(part => part.RowCount)} rows are dropped"));
        }
    }

    // Rows that were cut or merged are large arrays, which the collector would leave until as many again were made. There
    // are few objects to look at, so a collection in the background costs some milliseconds.
    private static void CollectLargeArrays() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);

    private static void Release(SemaphoreSlim signal)
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    private Table? Largest() =>
        _tables().Select(table => (Table: table, Size: table.HeadState())).Where(entry => entry.Size.OldestTicks is not null)
            .MaxBy(entry => entry.Size.SizeBytes).Table;

    private async Task CutLoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            TimeSpan wait = UntilNextCut();
            try
            {
                if (await WaitAsync(_cutSignal, wait).ConfigureAwait(false) is false && wait == Timeout.InfiniteTimeSpan)
                {
                    return;
                }

                if (CutDue())
                {
                    CollectLargeArrays();
                    Release(_mergeSignal);
                }
            }
            catch (Exception exception)
            {
                await ReportAsync("cutting parts", exception).ConfigureAwait(false);
            }
        }
    }

    private async Task MergeLoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                bool hasDeferred = false;
                foreach (Table table in _tables())
                {
                    bool mustWait;
                    while (!(mustWait = MustWait(table)) && !_stop.IsCancellationRequested && table.MergeOnce(_stop.Token))
                    {
                        CollectLargeArrays();
                    }

                    hasDeferred |= mustWait;
                }

                ApplyRetention();
                bool isIdle = !_tables().Any(table => table.Parts.Length > 0);
                await WaitAsync(
                    _mergeSignal,
                    hasDeferred ? s_deferral : isIdle ? Timeout.InfiniteTimeSpan : s_retentionInterval).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                await ReportAsync("merging parts", exception).ConfigureAwait(false);
            }
        }
    }

    // True while rows come in faster than at leisure: a head is half full again when a cut of it has just ended.
    private bool MustWait(Table table) =>
        _parts.Budget.UsedBytes > _options.CutBytes / 2 &&
        table.Parts.Count(part => !MergePolicy.IsSettled(part, _options.MaxPartRows)) < MaxDeferredParts;

    // Due times, not a ticking clock: an idle store does not wake up.
    private TimeSpan UntilNextCut()
    {
        long now = _time.GetUtcNow().UtcTicks;
        long? oldest = _tables().Min(table => table.HeadState().OldestTicks);
        return oldest is { } ticks
            ? TimeSpan.FromTicks(Math.Clamp(ticks + _options.CutAge.Ticks - now, 0, TimeSpan.TicksPerDay))
            : Timeout.InfiniteTimeSpan;
    }

    private async Task<bool> WaitAsync(SemaphoreSlim signal, TimeSpan wait)
    {
        using var stopOrSignal = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Task signalled = signal.WaitAsync(stopOrSignal.Token);
        try
        {
            await signalled.WaitAsync(wait, _time, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            await stopOrSignal.CancelAsync().ConfigureAwait(false);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ReportAsync(string what, Exception exception)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        string reason = DiskFull.Is(exception) ? "the disk is full" : exception.Message;
        _options.Notice?.Invoke(new StoreNotice(
            StoreNoticeLevel.Error, $"{what} failed, tried again in {s_retryAfter.TotalSeconds} s: {reason}", exception));
        try
        {
            await Task.Delay(s_retryAfter, _time, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop ends by itself.
        }
    }
}
