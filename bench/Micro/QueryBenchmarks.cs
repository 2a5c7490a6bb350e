using BenchmarkDotNet.Attributes;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store;

namespace Bongsu.Micro;

/// <summary>Operators over stored rows, in this process.</summary>
[MemoryDiagnoser]
public class QueryBenchmarks
{
    private const int Rows = 4 * SampleRows.BlockRows;

    private static readonly Dictionary<string, string> s_questions = new()
    {
        ["filter"] = "where status >= 500 | count",
        ["groups, few"] = "summarize count() by level",
        ["groups, many"] = "summarize n = count() by user_id | top 10 by n",
        ["distinct"] = "summarize count_distinct(trace_id)",
        ["percentiles"] = "summarize percentiles(duration_ms, 50, 95, 99) by service",
        ["contains"] = "where message contains 'timeout' | count",
        ["has"] = "where message has 'timeout' | count",
        ["regex"] = @"where message matches regex @'user=\d+5\b' | count",
        ["Korean"] = "where message contains '결제' | count",
        ["latest"] = "top 100 by timestamp",
    };

    private string _folder = "";
    private Database _database = null!;
    private TenantTables _tables = null!;
    private BoundQuery _query = null!;

    /// <summary>All questions.</summary>
    public static IEnumerable<string> Questions => s_questions.Keys;

    /// <summary>What is asked.</summary>
    [ParamsSource(nameof(Questions))]
    public string Question { get; set; } = "";

    /// <summary>Loads the rows into parts.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("bongsu-micro-").FullName;
        LoadAsync().GetAwaiter().GetResult(); // what runs benchmarks in this process does not wait for a task
        _tables = new TenantTables(_database, "default");
        _query = KqlCompiler.Compile("logs | " + s_questions[Question], _tables, new CompileOptions { NowTicks = 0 });
    }

    /// <summary>Removes them.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs a compiled query over 262,144 rows.</summary>
    [Benchmark]
    public int Run() =>
        QueryEngine.Execute(_query, _tables, new QueryLimits(), CancellationToken.None).Batches().Sum(batch => batch.RowCount);

    private async Task LoadAsync()
    {
        _database = await Database.OpenAsync(
            new StoreOptions { DataDirectory = _folder, Background = false }, TimeProvider.System, CancellationToken.None);
        Table table = _database.GetOrCreateTable("default", "logs");
        for (int block = 0; block < Rows / SampleRows.BlockRows; block++)
        {
            await table.AppendAsync(SampleRows.Decode(SampleRows.Lines(block, Rows)), AppendOptions.None, CancellationToken.None);
        }

        await table.FlushAsync();
    }
}
