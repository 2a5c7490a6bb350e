using Bongsu.Store;

namespace Bongsu.Server.Hosting;

/// <summary>Writes the store's notices to standard error, where the rest of the server's log goes.</summary>
internal sealed class StoreLog
{
    /// <summary>Writes one notice.</summary>
    public void Write(StoreNotice notice)
    {
        string cause = notice.Exception is null ? "" : $": {notice.Exception.Message}";
        Console.Error.WriteLine($"bongsu: store: {notice.Level.ToString().ToLowerInvariant()}: {notice.Message}{cause}");
    }
}
