using Bongsu.Server.Hosting;

namespace Bongsu.Server.Querying;

/// <summary>Lets a limited number of queries run at once, and counts them.</summary>
internal sealed class QueryGate : IDisposable
{
    private readonly SemaphoreSlim _free;
    private long _started;
    private long _failed;

    /// <summary>A gate as wide as the options say.</summary>
    public QueryGate(ServerOptions options)
    {
        _free = new SemaphoreSlim(options.MaxConcurrentQueries);
    }

    /// <summary>Queries let through since the start.</summary>
    public long Started => Interlocked.Read(ref _started);

    /// <summary>Queries that ended in an error.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Enters, or returns false where the house is full.</summary>
    public bool TryEnter()
    {
        if (!_free.Wait(0))
        {
            return false;
        }

        Interlocked.Increment(ref _started);
        return true;
    }

    /// <summary>Leaves; call once per successful <see cref="TryEnter"/>.</summary>
    public void Leave(bool isFailure)
    {
        if (isFailure)
        {
            Interlocked.Increment(ref _failed);
        }

        _free.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();
}
