namespace Bongsu.Ingest.Fields;

/// <summary>One convention for the names that senders give the same thing. The table for users:
/// docs/guide/fields.md.</summary>
/// <remarks>
/// Names are compared without regard to ASCII case. Of several names for one field in a row, the one that stands first
/// in the
/// list wins; the others stay attributes under their own names, so no value is lost.
/// </remarks>
public static class FieldConvention
{
    /// <summary>Column of the event time.</summary>
    public const string Timestamp = "timestamp";

    /// <summary>Column of the nanoseconds (1 to 99) below the 100 ns tick of <see cref="Timestamp"/>.</summary>
    public const string TimestampRemainder = "timestamp_remainder_ns";

    /// <summary>Column of the normalised level.</summary>
    public const string Level = "level";

    /// <summary>Column of the level as it was sent, where normalising it changed more than its case.</summary>
    public const string LevelText = "level_text";

    /// <summary>Column of the service.</summary>
    public const string Service = "service";

    /// <summary>Column of the host.</summary>
    public const string Host = "host";

    /// <summary>Column of the message.</summary>
    public const string Message = "message";

    /// <summary>Column of the trace id.</summary>
    public const string TraceId = "trace_id";

    /// <summary>Column of the span id.</summary>
    public const string SpanId = "span_id";

    /// <summary>Rank of a name that is no alias.</summary>
    internal const int NoRank = int.MaxValue;

    private static readonly string[][] s_aliases =
    [
        [],
        [
            Timestamp, "@timestamp", "eventTime", "event_time", "event.time", "time", "ts", "@t", "datetime", "date_time",
            "timestamp_ms", "timeMillis", "time_unix_nano", "timeUnixNano", "__REALTIME_TIMESTAMP", "_time", "asctime",
            "time_iso8601", "time_local", "logged_at", "date",
        ],
        [
            Level, "log.level", "severity", "severity_text", "severityText", "lvl", "loglevel", "log_level", "levelname",
            "level_name", "@l", "syslog.severity", "log.syslog.severity.name", "PRIORITY",
        ],
        [
            Service, "service.name", "service_name", "serviceName", "app", "app.name", "app_name", "appname", "application",
            "application_name", "SYSLOG_IDENTIFIER", "syslogtag", "programname",
        ],
        [
            Host, "host.name", "hostname", "host_name", "host.hostname", "_HOSTNAME", "machine", "machineName", "computer",
            "computer_name", "node_name",
        ],
        [
            Message, "msg", "log", "body", "@m", "renderedMessage", "short_message", "textPayload", "log_message", "@mt",
        ],
        [TraceId, "traceId", "trace.id", "@tr", "otelTraceID", "dd.trace_id", "x_trace_id"],
        [SpanId, "spanId", "span.id", "@sp", "otelSpanID", "dd.span_id"],
    ];

    private static readonly Dictionary<string, (CanonicalField Field, int Rank)> s_byName = IndexAliases();

    /// <summary>What a field name means.</summary>
    /// <param name="name">As sent; nested fields by their dot path.</param>
    /// <param name="rank">0 for the canonical name, higher for weaker aliases, <see cref="int.MaxValue"/> for
    /// none.</param>
    public static CanonicalField Resolve(string name, out int rank)
    {
        if (s_byName.TryGetValue(name, out (CanonicalField Field, int Rank) known))
        {
            rank = known.Rank;
            return known.Field;
        }

        rank = NoRank;
        return CanonicalField.None;
    }

    /// <summary>The column a canonical field is stored in.</summary>
    public static string ColumnName(CanonicalField field) => s_aliases[(int)field][0];

    private static Dictionary<string, (CanonicalField Field, int Rank)> IndexAliases()
    {
        var byName = new Dictionary<string, (CanonicalField, int)>(StringComparer.OrdinalIgnoreCase);
        for (int field = 1; field < s_aliases.Length; field++)
        {
            for (int rank = 0; rank < s_aliases[field].Length; rank++)
            {
                byName.Add(s_aliases[field][rank], ((CanonicalField)field, rank));
            }
        }

        return byName;
    }
}
