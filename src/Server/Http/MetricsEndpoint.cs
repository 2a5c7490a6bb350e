using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bongsu.Alert;
using Bongsu.Ingest;
using Bongsu.Server.Auth;
using Bongsu.Server.Querying;
using Bongsu.Store;

namespace Bongsu.Server.Http;

/// <summary><c>/metrics</c>: what the server does, in the Prometheus text format 0.0.4.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Adds the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        "/metrics",
        (Database database, IngestGateway ingest, QueryGate queries, AlertEngine alerts) =>
            Results.Text(Render(database, ingest, queries, alerts), "text/plain; version=0.0.4; charset=utf-8")).Requires(Scopes.Query);

    private static string Render(Database database, IngestGateway ingest, QueryGate queries, AlertEngine alerts)
    {
        var text = new StringBuilder();
        Write(text, "bongsu_ingest_rows_total", "counter", "Rows stored since the start.", ingest.StoredRows);
        Write(text, "bongsu_ingest_duplicate_rows_total", "counter", "Rows not stored again, since their key was known.", ingest.DuplicateRows);
        Write(text, "bongsu_ingest_dropped_rows_total", "counter", "Rows dropped by pipelines.", ingest.DroppedRows);
        Write(text, "bongsu_ingest_rejected_rows_total", "counter", "Rows refused by decoders.", ingest.RejectedRows);
        Write(text, "bongsu_ingest_repaired_rows_total", "counter", "Rows with bytes that are no text, replaced.", ingest.RepairedRows);
        Write(text, "bongsu_queries_total", "counter", "Queries started.", queries.Started);
        Write(text, "bongsu_queries_failed_total", "counter", "Queries that ended in an error.", queries.Failed);
        Write(text, "bongsu_log_sequence", "gauge", "Sequence of the last durable batch.", database.LastSequence);
        Write(text, "bongsu_log_syncs_total", "counter", "Groups of batches written to the log and synced.", database.LogSyncCount);
        Write(text, "bongsu_gc_heap_bytes", "gauge", "Managed heap.", GC.GetTotalMemory(forceFullCollection: false));
        Write(text, "bongsu_gc_allocated_bytes_total", "counter", "Bytes allocated since the start.", GC.GetTotalAllocatedBytes());
        Write(text, "bongsu_gc_pause_seconds_total", "counter", "Time the collector held all threads.", GC.GetTotalPauseDuration().TotalSeconds);
        Write(text, "bongsu_gc_committed_bytes", "gauge", "Memory the collector holds.", GC.GetGCMemoryInfo().TotalCommittedBytes);
        Write(text, "bongsu_gc_gen2_total", "counter", "Collections of generation 2.", GC.CollectionCount(2));
        GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
        double lastPause = Math.Max(last.PauseDurations[0].TotalSeconds, last.PauseDurations[1].TotalSeconds);
        Write(text, "bongsu_gc_collections_total", "counter", "Collections of all generations.", last.Index);
        Write(text, "bongsu_gc_last_pause_seconds", "gauge", "Longest time the last collection held all threads.", lastPause);
        Write(text, "process_resident_memory_bytes", "gauge", "Resident memory.", Environment.WorkingSet);
        using (var process = Process.GetCurrentProcess())
        {
            Write(text, "process_cpu_seconds_total", "counter", "CPU time.", process.TotalProcessorTime.TotalSeconds);
        }

        WriteTables(text, database);
        RuleMetrics.Write(text, alerts);
        return text.ToString();
    }

    /// <summary>Writes one figure without labels.</summary>
    internal static void Write(StringBuilder text, string name, string type, string help, double value)
    {
        WriteHead(text, name, type, help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    /// <summary>Writes what stands above the figures of a name.</summary>
    internal static void WriteHead(StringBuilder text, string name, string type, string help) =>
        text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    /// <summary>A label's value as it is written between quotes.</summary>
    internal static string Escape(string label) => label
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private static void WriteTables(StringBuilder text, Database database)
    {
        (Table Table, TableStatistics Statistics)[] tables =
            [.. database.Tenants().SelectMany(database.Tables).Select(table => (table, table.Statistics()))];
        WriteEach(text, tables, "bongsu_table_rows", "Rows of a table.", statistics => statistics.RowCount);
        WriteEach(text, tables, "bongsu_table_head_rows", "Rows not in a part yet.", statistics => statistics.HeadRows);
        WriteEach(text, tables, "bongsu_table_bytes", "Bytes of a table's parts.", statistics => statistics.SizeBytes);
        WriteEach(text, tables, "bongsu_table_parts", "Parts of a table.", statistics => statistics.PartCount);
        WriteEach(text, tables, "bongsu_table_quarantined_parts", "Damaged parts set aside.", statistics => statistics.QuarantinedParts);
    }

    private static void WriteEach(
        StringBuilder text, (Table Table, TableStatistics Statistics)[] tables, string name, string help, Func<TableStatistics, long> value)
    {
        WriteHead(text, name, "gauge", help);
        foreach ((Table table, TableStatistics statistics) in tables)
        {
            text.Append($"{name}{{tenant=\"{Escape(table.Tenant)}\",table=\"{Escape(table.Name)}\"}} {value(statistics)}\n");
        }
    }
}
