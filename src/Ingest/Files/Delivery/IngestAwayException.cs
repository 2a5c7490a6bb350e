namespace Bongsu.Ingest.Files.Delivery;

/// <summary>The server could not be reached, or had no room, for longer than was to be waited.</summary>
public sealed class IngestAwayException : Exception
{
    /// <summary>With the last trouble met.</summary>
    public IngestAwayException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
