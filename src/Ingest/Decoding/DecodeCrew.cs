namespace Bongsu.Ingest.Decoding;

/// <summary>Counts the requests and threads that decode, so that a large body takes cores that are idle and no others.
/// Thread-safe.</summary>
/// <param name="size">Threads that may decode at once before nobody gets help.</param>
/// <param name="chunkBytes">What is worth handing over.</param>
internal sealed class DecodeCrew(int size, int chunkBytes = 512 << 10)
{
    private int _busy;
    private int _requests;

    /// <summary>Bytes of a body for one helper at a time, about.</summary>
    public int ChunkBytes => chunkBytes;

    /// <summary>Bytes of a body that are decoded before help is asked for: the copies it costs must be worth it.</summary>
    public int AloneBytes => 8 * chunkBytes;

    /// <summary>Whether there are cores that no request will need soon.</summary>
    public bool HasIdle => Volatile.Read(ref _requests) < size;

    /// <summary>A request begins to come in; until <see cref="Close"/>.</summary>
    public void Open() => Interlocked.Increment(ref _requests);

    /// <summary>A request is decoded, or given up.</summary>
    public void Close() => Interlocked.Decrement(ref _requests);

    /// <summary>The calling thread decodes, whoever else does; until <see cref="Leave"/>.</summary>
    public void Enter() => Interlocked.Increment(ref _busy);

    /// <summary>Takes one more thread if there is one; until <see cref="Leave"/>.</summary>
    public bool TryBorrow()
    {
        if (Interlocked.Increment(ref _busy) <= size)
        {
            return true;
        }

        Interlocked.Decrement(ref _busy);
        return false;
    }

    /// <summary>A thread is idle again.</summary>
    public void Leave() => Interlocked.Decrement(ref _busy);
}
