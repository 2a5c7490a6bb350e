namespace Bongsu.Server.Http;

/// <summary><c>/ingest/{table}</c>.</summary>
internal static class IngestEndpoints
{
    /// <summary>Names the sender, where one connection speaks for several: event time advances by source.</summary>
    public const string SourceHeader = "X-Bongsu-Source";
}
