namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>Counters shared by a listener's parts; added to from any thread.</summary>
internal sealed class SyslogCounters
{
    public long Messages;
    public long StoredRows;
    public long DroppedDatagrams;
    public long LostRows;
    public long TruncatedMessages;
    public long RefusedConnections;
}
