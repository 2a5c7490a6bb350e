namespace Bongsu.Store;

/// <summary>The disk has no room for the batch (HTTP 507); nothing of it was stored. Later writes succeed once there is
/// room.</summary>
public sealed class StoreFullException : StoreException
{
    /// <summary>A full disk.</summary>
    public StoreFullException(string message, Exception? inner = null)
        : base("disk_full", message, inner)
    {
    }
}
