using Bongsu.LogBench.Generation;
using Bongsu.LogBench.Queries;

namespace Bongsu.LogBench.Peers;

/// <summary>Another engine with the settings that are fair to it.</summary>
/// <param name="Name">As it appears in tables.</param>
/// <param name="Package">Which of the two packages runs it: <c>chdb</c> or <c>duckdb</c>.</param>
/// <param name="Load">Statements that fill the table.</param>
/// <param name="Settle">Statements that bring it into its final form.</param>
/// <param name="SizeSql">Bytes on disk; null = size of its folder.</param>
/// <param name="TextOf">A query in its words.</param>
internal sealed record PeerEngine(
    string Name, string Package, string[] Load, string[] Settle, string? SizeSql, Func<BenchQuery, string> TextOf)
{
    // Else the second run of the same WHERE is answered from the memory of the first.
    private static readonly string s_settings = $" SETTINGS max_threads = {Environment.ProcessorCount}, use_query_condition_cache = 0";

    /// <summary>All of them, over one file.</summary>
    public static IReadOnlyList<PeerEngine> For(LogFile file) =>
    [
        ClickHouse("ClickHouse", file, "", query => query.ClickHouse),
        ClickHouse(
            "ClickHouse, text index",
            file,
            ", INDEX words message TYPE text(tokenizer = 'splitByNonAlpha'), INDEX traces trace_id TYPE bloom_filter(0.001) GRANULARITY 1",
            query => query.ClickHouseText ?? query.ClickHouse),
        DuckDb(file),
    ];

    private static PeerEngine ClickHouse(string name, LogFile file, string indexes, Func<BenchQuery, string> textOf) => new(
        name,
        "chdb",
        [
            $"""
            CREATE TABLE logs (
              ts DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)), service LowCardinality(String), host LowCardinality(String),
              level LowCardinality(String), message String CODEC(ZSTD(1)), status UInt16 CODEC(ZSTD(1)), duration_ms Float64 CODEC(ZSTD(1)),
              path LowCardinality(String), method LowCardinality(String), trace_id UUID CODEC(ZSTD(1)), user_id UInt32 CODEC(ZSTD(1)),
              client_ip IPv4 CODEC(ZSTD(1)){indexes})
            ENGINE = MergeTree ORDER BY (service, ts)
            """,
            $"""
            INSERT INTO logs SELECT ts, service, host, level, message, status, duration_ms, path, method, trace_id, user_id, client_ip
            FROM file('{file.Path}', 'JSONEachRow', 'ts DateTime64(3, ''UTC''), service String, host String, level String, message String,
              status UInt16, duration_ms Float64, path String, method String, trace_id UUID, user_id UInt32, client_ip IPv4')
            SETTINGS max_threads = {Environment.ProcessorCount}, max_insert_threads = {Environment.ProcessorCount},
              date_time_input_format = 'best_effort'
            """,
        ],
        ["OPTIMIZE TABLE logs FINAL"],
        "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND table = 'logs'",
        query => textOf(query) + s_settings);

    private static PeerEngine DuckDb(LogFile file) => new(
        "DuckDB",
        "duckdb",
        [
            $$"""
            CREATE TABLE logs AS SELECT * FROM read_ndjson('{{file.Path}}', columns = {
              ts: 'TIMESTAMP_MS', service: 'VARCHAR', host: 'VARCHAR', level: 'VARCHAR', message: 'VARCHAR', status: 'USMALLINT',
              duration_ms: 'DOUBLE', path: 'VARCHAR', method: 'VARCHAR', trace_id: 'UUID', user_id: 'UINTEGER', client_ip: 'VARCHAR'})
            ORDER BY service, ts
            """,
        ],
        ["CHECKPOINT peer"],
        null,
        query => query.DuckDb);
}
