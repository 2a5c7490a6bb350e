using Bongsu.Store;

namespace Bongsu.Ingest;

/// <summary>Memory that requests being decoded may hold together. Past it a request is refused, never queued in
/// memory.</summary>
public sealed class IngestBudget
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    private readonly long _limitBytes;
    private long _usedBytes;

    /// <summary>A budget of <paramref name="limitBytes"/>.</summary>
    public IngestBudget(long limitBytes)
    {
        _limitBytes = limitBytes;
    }

    /// <summary>Bytes reserved now.</summary>
    public long UsedBytes => Interlocked.Read(ref _usedBytes);

    /// <summary>Reserves memory until the reservation is disposed. A request larger than the whole budget passes when
    /// it is alone.</summary>
    /// <exception cref="StoreBusyException">There is no room now.</exception>
    public Reservation Reserve(long bytes)
    {
        long used = Interlocked.Add(ref _usedBytes, bytes);
        if (used > _limitBytes && used != bytes)
        {
            Interlocked.Add(ref _usedBytes, -bytes);
            throw new StoreBusyException(
                $"ingest holds {used - bytes} of {_limitBytes} bytes; this request needs {bytes} more", s_retryAfter);
        }

        return new Reservation(this, bytes);
    }

    /// <summary>A part of the budget; give it back by disposing, once.</summary>
    public readonly struct Reservation : IDisposable
    {
        private readonly IngestBudget _budget;
        private readonly long _bytes;

        internal Reservation(IngestBudget budget, long bytes)
        {
            _budget = budget;
            _bytes = bytes;
        }

        /// <inheritdoc/>
        public void Dispose() => Interlocked.Add(ref _budget._usedBytes, -_bytes);
    }
}
