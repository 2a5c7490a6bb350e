namespace Bongsu.Store;

/// <summary>The memory budget of the head is used up (HTTP 429); nothing of the batch was stored.</summary>
public sealed class StoreBusyException : StoreException
{
    /// <summary>A full head.</summary>
    public StoreBusyException(string message, TimeSpan retryAfter)
        : base("busy", message)
    {
        RetryAfter = retryAfter;
    }

    /// <summary>When to try again.</summary>
    public TimeSpan RetryAfter { get; }
}
