using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store;

namespace Bongsu.Tests.Query.Execution;

/// <summary>
/// KQL text over a real database: every answer is compared with one computed from the rows in plain C#.
/// </summary>
public sealed class StoredQueryTests : IAsyncLifetime
{
    private const long Start = 638_000_000_000_000_000;
    private static readonly string[] s_levels = ["info", "warn", "error", ""];
    private readonly TemporaryFolder _directory = new();
    private readonly List<Row> _rows = [];
    private Database _database = null!;
    private TenantTables _tables = null!;

    public async Task InitializeAsync()
    {
        _database = await Database.OpenAsync(
            new StoreOptions { DataDirectory = _directory.Path, BlockRows = 256 }, TimeProvider.System, CancellationToken.None);
        Table table = _database.GetOrCreateTable("default", "logs");
        var random = new Random(11);
        for (int part = 0; part < 6; part++)
        {
            Row[] rows = Enumerable.Range(0, 700).Select(row => RandomRow(random, (part * 700) + row)).ToArray();
            _rows.AddRange(rows);
            await table.AppendAsync(ToBatch(rows), new AppendOptions(), CancellationToken.None);
            if (part % 2 == 0)
            {
                await table.FlushAsync();
            }
        }

        _tables = new TenantTables(_database, "default");
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public void Count_OfEverything_ReadsNoColumns() => Assert.Equal([$"{_rows.Count}"], Run("logs | count"));

    [Fact]
    public void Summarize_ByLevel_EqualsNaive()
    {
        string[] expected = _rows.GroupBy(row => row.Level)
            .Select(group => $"{group.Key}|{group.Count()}|{group.Sum(row => row.Ms ?? 0)}|{group.Count(row => row.Ms < 50)}")
            .Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, Run("logs | summarize count(), sum(ms), countif(ms < 50) by level").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("level == 'error'")]
    [InlineData("level != 'error' and ms > 50")]
    [InlineData("level in ('warn', 'info') or ms between (10 .. 12)")]
    [InlineData("message has 'failed'")]
    [InlineData("message contains 'AILED'")]
    [InlineData("message startswith 'request 12'")]
    [InlineData("message !contains '1' and level =~ 'ERROR'")]
    [InlineData("ms >= 99.5")]
    [InlineData("ms < -1")]
    [InlineData("ms != 5 and not(level == '')")]
    public void Where_AnyPredicate_EqualsNaive(string predicate)
    {
        int expected = _rows.Count(row => predicate switch
        {
            "level == 'error'" => row.Level == "error",
            "level != 'error' and ms > 50" => row.Level != "error" && row.Ms > 50,
            "level in ('warn', 'info') or ms between (10 .. 12)" => row.Level is "warn" or "info" || row.Ms is >= 10 and <= 12,
            "message has 'failed'" => row.Message.Contains(" failed", StringComparison.Ordinal),
            "message contains 'AILED'" => row.Message.Contains("failed", StringComparison.Ordinal),
            "message startswith 'request 12'" => row.Message.StartsWith("request 12", StringComparison.Ordinal),
            "message !contains '1' and level =~ 'ERROR'" => !row.Message.Contains('1') && row.Level == "error",
            "ms >= 99.5" => row.Ms >= 99.5,
            "ms < -1" => false,
            _ => row.Ms != 5 && row.Level != "",
        });
        Assert.Equal([$"{expected}"], Run($"logs | where {predicate} | count"));
    }

    [Theory]
    [InlineData("desc", 25)]
    [InlineData("asc", 3)]
    [InlineData("desc", 5000)]
    public void Top_ByTimestamp_ReadsFromTheRightEnd(string direction, int count)
    {
        IEnumerable<Row> matching = _rows.Where(row => row.Level == "error");
        IEnumerable<Row> ordered = direction == "desc"
            ? matching.OrderByDescending(row => row.Ticks).Take(count)
            : matching.OrderBy(row => row.Ticks).Take(count);
        List<string> actual = Run($"logs | where level == 'error' | top {count} by timestamp {direction} | project id");
        Assert.Equal(ordered.Select(row => $"{row.Id}"), actual);
    }

    [Fact]
    public void TimeRange_InWhere_EqualsNaive()
    {
        long from = Start + (1000 * TimeSpan.TicksPerSecond);
        var text = new DateTime(from, DateTimeKind.Utc);
        int expected = _rows.Count(row => row.Ticks >= from && row.Ticks < from + (10 * TimeSpan.TicksPerMinute));
        Assert.Equal(
            [$"{expected}"],
            Run($"logs | where timestamp >= datetime({text:O}) and timestamp < datetime({text:O}) + 10m | count"));
    }

    [Fact]
    public void SortAndTake_OverSeveralBlocks_EqualsNaive()
    {
        IEnumerable<string> expected = _rows.Where(row => row.Ms is not null)
            .OrderByDescending(row => row.Ms).ThenBy(row => row.Id).Take(10).Select(row => $"{row.Id}|{row.Ms}");
        Assert.Equal(expected, Run("logs | where ms >= 0 | sort by ms desc, id asc | take 10 | project id, ms"));
    }

    [Fact]
    public void Join_OfTwoAggregations_EqualsNaive()
    {
        List<string> actual = Run(
            "let errors = logs | where level == 'error' | summarize errors = count() by service;"
            + "logs | summarize total = count() by service | join kind=leftouter errors on service "
            + "| project service, total, errors | sort by service asc");
        IEnumerable<string> expected = _rows.GroupBy(row => row.Service).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key}|{group.Count()}|{group.Count(row => row.Level == "error")}");
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Take_OfManyRows_StopsEarly()
    {
        QueryResult result = Execute("logs | take 7", new QueryLimits());
        Assert.Equal(7, result.Batches().Sum(batch => batch.RowCount));
        Assert.True(result.Statistics.Scan.RowsScanned < _rows.Count);
        Assert.Equal(7, result.Statistics.RowsReturned);
    }

    [Theory]
    [InlineData("ms > 1000")]
    [InlineData("ms == 1000 or ms < 0")]
    [InlineData("1000 <= ms")]
    [InlineData("ms between (200 .. 300)")]
    [InlineData("ms in (500, 600)")]
    [InlineData("level == 'nosuch'")]
    [InlineData("level startswith 'z'")]
    [InlineData("service in ('svc-7', 'svc-8')")]
    [InlineData("message has 'absentterm'")]
    [InlineData("message contains 'absentterm'")]
    public void Where_NoStoredBlockCanMatch_ReadsNoPart(string predicate)
    {
        QueryResult result = Execute($"logs | where {predicate}", new QueryLimits());
        Assert.Empty(result.Batches());
        Assert.True(result.Statistics.Scan.BlocksSkippedByFilter > 0);
        Assert.InRange(result.Statistics.Scan.RowsScanned, 0, _rows.Count / 2);
    }

    [Fact]
    public void Result_PastItsLimit_IsALimitError()
    {
        QueryResult result = Execute("logs", new QueryLimits { MaxResultRows = 100 });
        QueryException error = Assert.Throws<QueryException>(() => result.Batches().Sum(batch => batch.RowCount));
        Assert.Equal("limit", error.Code);
        Assert.Contains("more than 100 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_BeforeTheNextBlock_EndsTheQuery()
    {
        using var cancellation = new CancellationTokenSource();
        BoundQuery query = KqlCompiler.Compile("logs | summarize sum(ms) by message", _tables, new CompileOptions { NowTicks = Start });
        QueryResult result = QueryEngine.Execute(query, _tables, new QueryLimits(), cancellation.Token);
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => result.Batches().Count());
    }

    private static Row RandomRow(Random random, int id)
    {
        string level = s_levels[random.Next(s_levels.Length)];
        return new Row(
            id,
            Start + (id * TimeSpan.TicksPerSecond) + random.Next(-5000, 5000),
            level,
            "svc-" + random.Next(5),
            random.Next(7) == 0 ? null : random.Next(100),
            $"request {id} {(random.Next(3) == 0 ? "failed" : "done")}");
    }

    private static Batch ToBatch(Row[] rows)
    {
        Schema schema = Rows.Schema(
            ("timestamp", ScalarType.DateTime), ("id", ScalarType.Long), ("level", ScalarType.String),
            ("service", ScalarType.String), ("ms", ScalarType.Long), ("message", ScalarType.String));
        return Rows.Of(schema, rows
            .Select(row => new object?[] { row.Ticks, row.Id, row.Level, row.Service, row.Ms, row.Message })
            .ToArray());
    }

    private QueryResult Execute(string text, QueryLimits limits)
    {
        BoundQuery query = KqlCompiler.Compile(text, _tables, new CompileOptions { NowTicks = Start });
        return QueryEngine.Execute(query, _tables, limits, CancellationToken.None);
    }

    private List<string> Run(string text) => Rows.Text(Execute(text, new QueryLimits()).Batches());

    private sealed record Row(long Id, long Ticks, string Level, string Service, long? Ms, string Message);
}
