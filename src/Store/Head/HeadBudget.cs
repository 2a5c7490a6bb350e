namespace Bongsu.Store.Head;

/// <summary>Memory of all heads and of batches on their way to them. Thread-safe.</summary>
internal sealed class HeadBudget
{
    private readonly TimeProvider _time;
    private readonly long _budgetBytes;
    private readonly TimeSpan _wait;
    private readonly Lock _gate = new();
    private TaskCompletionSource _roomMade = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _usedBytes;

    public HeadBudget(TimeProvider time, long budgetBytes, TimeSpan wait)
    {
        _time = time;
        _budgetBytes = budgetBytes;
        _wait = wait;
    }

    public long UsedBytes => Interlocked.Read(ref _usedBytes);

    /// <summary>True where heads should be cut whatever their own size.</summary>
    public bool IsTight => UsedBytes > _budgetBytes / 2;

    /// <summary>Takes room for a batch; waits a while where there is none. A batch always fits into empty
    /// heads.</summary>
    /// <exception cref="StoreBusyException">There is no room still.</exception>
    public async ValueTask TakeAsync(long sizeBytes, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            Task roomMade;
            lock (_gate)
            {
                if (_usedBytes == 0 || _usedBytes + sizeBytes <= _budgetBytes)
                {
                    _usedBytes += sizeBytes;
                    return;
                }

                roomMade = _roomMade.Task;
            }

            TimeSpan left = _wait - _time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                throw Busy();
            }

            try
            {
                await roomMade.WaitAsync(left, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw Busy();
            }
        }
    }

    /// <summary>Takes or gives back bytes, whatever the budget.</summary>
    public void Change(long differenceBytes)
    {
        TaskCompletionSource? toWake = null;
        lock (_gate)
        {
            _usedBytes += differenceBytes;
            if (differenceBytes < 0)
            {
                toWake = _roomMade;
                _roomMade = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        toWake?.SetResult();
    }

    private StoreBusyException Busy() => new(
        $"{UsedBytes} of {_budgetBytes} bytes of memory are taken by rows that are not in parts yet",
        TimeSpan.FromSeconds(1));
}
