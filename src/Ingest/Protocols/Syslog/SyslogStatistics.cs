namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>Counters of a <see cref="SyslogListener"/> since its start.</summary>
/// <param name="Messages">Messages received.</param>
/// <param name="StoredRows">Rows stored.</param>
/// <param name="DroppedDatagrams">Datagrams for which there was no room.</param>
/// <param name="LostRows">Rows the store refused for good, or that a second stop signal cut off.</param>
/// <param name="TruncatedMessages">Messages too long to keep whole.</param>
/// <param name="Connections">TCP connections open now.</param>
/// <param name="RefusedConnections">TCP connections over the limit.</param>
public readonly record struct SyslogStatistics(
    long Messages,
    long StoredRows,
    long DroppedDatagrams,
    long LostRows,
    long TruncatedMessages,
    int Connections,
    long RefusedConnections);
