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
        var reservation = new Reservation(this);
        reservation.Ensure(bytes);
        return reservation;
    }

    private void Take(long more, long whole)
    {
        long used = Interlocked.Add(ref _usedBytes, more);
        if (used > _limitBytes && used != whole)
        {
            Interlocked.Add(ref _usedBytes, -more);
            throw new StoreBusyException(
                $"ingest holds {used - more} of {_limitBytes} bytes; this request needs {more} more", s_retryAfter);
        }
    }

    /// <summary>A part of the budget; given back by disposing. One owner.</summary>
    public sealed class Reservation : IDisposable
    {
        private readonly IngestBudget _budget;
        private long _bytes;

        internal Reservation(IngestBudget budget)
        {
            _budget = budget;
        }

        /// <summary>Reserves more where less than so many bytes are; for requests that do not say how long they
        /// are.</summary>
        /// <exception cref="StoreBusyException">There is no room now; what was reserved stays so.</exception>
        public void Ensure(long bytes)
        {
            if (bytes > _bytes)
            {
                _budget.Take(bytes - _bytes, bytes);
                _bytes = bytes;
            }
        }

        /// <inheritdoc/>
        public void Dispose() => Interlocked.Add(ref _budget._usedBytes, -Interlocked.Exchange(ref _bytes, 0));
    }
}
