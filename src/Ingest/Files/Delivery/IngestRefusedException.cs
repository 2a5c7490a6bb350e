namespace Bongsu.Ingest.Files.Delivery;

/// <summary>The server will not take the rows, and trying again would not help: a wrong key, a table name that is not
/// allowed.</summary>
public sealed class IngestRefusedException : Exception
{
    /// <summary>With the server's reason.</summary>
    public IngestRefusedException(string message)
        : base(message)
    {
    }
}
