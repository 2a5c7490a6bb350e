using BenchmarkDotNet.Attributes;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store;

namespace Bongsu.Micro;

/// <summary>Operators over stored rows, in this process: filter, group-by, percentiles, search, top-k.</summary>
[MemoryDiagnoser]
public class QueryBenchmarks
{
    private const int Rows = 4 * SampleRows.BlockRows;
    private string _folder = "";
    private Database _database = null!;
    private TenantTables _tables = null!;
    private BoundQuery _query = null!;

    /// <summary>What is asked.</summary>
    [Params(
        "where status >= 500 | count",
        "summarize count() by level",
        "summarize n = count() by user_id | top 10 by n",
        "summarize count_distinct(trace_id)",
        "summarize percentiles(duration_ms, 50, 95, 99) by service",
        "where message contains 'timeout' | count",
        "where message has 'timeout' | count",
        @"where message matches regex @'user=\d+5\b' | count",
        "where message contains '결제' | count",
        "top 100 by timestamp")]
    public string Kql { get; set; } = "";

    /// <summary>Loads the rows into parts.</summary>
    [GlobalSetup]
    public async Task Setup()
    {
        _folder = Directory.CreateTempSubdirectory("bongsu-micro-").FullName;
        _database = await Database.OpenAsync(
            new StoreOptions { DataDirectory = _folder, Background = false }, TimeProvider.System, CancellationToken.None);
        Table table = _database.GetOrCreateTable("default", "logs");
        for (int body = 0; body < Rows / SampleRows.BlockRows; body++)
        {
            await table.AppendAsync(
                SampleRows.Decode(SampleRows.Lines(SampleRows.BlockRows)), AppendOptions.None, CancellationToken.None);
        }

        await table.FlushAsync();
        _tables = new TenantTables(_database, "default");
        _query = KqlCompiler.Compile("logs | " + Kql, _tables, new CompileOptions { NowTicks = 0 });
    }

    /// <summary>Removes them.</summary>
    [GlobalCleanup]
    public async Task Cleanup()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs a compiled query over 262,144 rows.</summary>
    [Benchmark]
    public int Run() =>
        QueryEngine.Execute(_query, _tables, new QueryLimits(), CancellationToken.None).Batches().Sum(batch => batch.RowCount);
}
