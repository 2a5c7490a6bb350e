namespace Bongsu.Query.Execution;

/// <summary>Counts the memory that the operators of one query hold. Thread-safe.</summary>
internal sealed class MemoryBudget
{
    private readonly long _maxBytes;
    private long _usedBytes;
    private long _peakBytes;

    public MemoryBudget(long maxBytes)
    {
        _maxBytes = maxBytes;
    }

    /// <summary>Most bytes held at once so far.</summary>
    public long PeakBytes => Volatile.Read(ref _peakBytes);

    /// <summary>Counts bytes that an operator took (or, negative, gave back).</summary>
    /// <param name="bytes">Change since the operator's last call.</param>
    /// <param name="operatorName">As the user knows it, for the message.</param>
    /// <exception cref="QueryException">Code <c>limit</c>: more than the query may hold.</exception>
    public void Charge(long bytes, string operatorName)
    {
        long used = Interlocked.Add(ref _usedBytes, bytes);
        long peak = Volatile.Read(ref _peakBytes);
        while (used > peak)
        {
            long seen = Interlocked.CompareExchange(ref _peakBytes, used, peak);
            if (seen == peak)
            {
                break;
            }

            peak = seen;
        }

        if (used > _maxBytes && bytes > 0)
        {
            throw new QueryException(
                "limit",
                $"the query needs more than its memory budget of {_maxBytes >> 20} MiB (in {operatorName}); "
                    + "filter or aggregate earlier, or shorten the time range",
                default);
        }
    }
}
