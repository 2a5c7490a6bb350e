using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Query.Plan;
using Bongsu.Store;
using Bongsu.Store.Parts;

namespace Bongsu.Tests.Query.Execution;

/// <summary>
/// What the operators gain from how blocks are stored changes no answer: each query runs over parts and head, with one
/// thread and with several, and over the same rows as plain values in batches of two.
/// </summary>
public sealed class StoredShortcutTests : IAsyncLifetime
{
    private const int BlockRows = 512;
    private static readonly long s_start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private static readonly Schema s_schema = Rows.Schema(
        ("timestamp", ScalarType.DateTime), ("service", ScalarType.String), ("level", ScalarType.String), ("user", ScalarType.Long),
        ("wide", ScalarType.Long), ("status", ScalarType.Int), ("took", ScalarType.Real), ("odd", ScalarType.Real),
        ("id", ScalarType.String), ("uuid", ScalarType.String), ("text", ScalarType.String), ("ok", ScalarType.Bool),
        ("none", ScalarType.Long), ("same", ScalarType.Long), ("span", ScalarType.TimeSpan),
        ("owner", ScalarType.String), ("team", ScalarType.Long));

    private readonly TemporaryFolder _directory = new();
    private readonly List<object?[]> _rows = [];
    private Database _database = null!;
    private TenantTables _tables = null!;
    private long _sequence;

    public static TheoryData<string> Queries =>
    [
        "logs | count",
        "logs | summarize count() by level",
        "logs | summarize count() by service, level",
        "logs | summarize count(), sum(user), avg(took), min(took), max(status) by level",
        "logs | summarize count() by ok",
        "logs | summarize count() by none",
        "logs | summarize count() by same, none",
        "logs | summarize count() by user",
        "logs | summarize count() by wide",
        "logs | summarize count() by odd",
        "logs | summarize count() by status, user",
        "logs | summarize count() by took",
        "logs | summarize count() by id",
        "logs | summarize count() by text, level",
        "logs | summarize n = count() by user | top 5 by n desc, user asc",
        "logs | where level == 'error' | summarize count() by service, bin(timestamp, 1m)",
        "logs | where level != 'error' and service == 's1' | summarize count() by bin(timestamp, 7m)",
        "logs | summarize count() by bin(timestamp, 24m)",
        "logs | summarize count() by bin(timestamp, 0s)",
        "logs | summarize count() by bin(user, 10), bin(took, 0.5)",
        "logs | summarize count() by bin(none, 10), bin(status, 7)",
        "logs | summarize count() by bin(span, 3s)",
        "logs | summarize percentiles(took, 0, 50, 95, 99, 100) by service",
        "logs | summarize percentiles(odd, 1, 50, 99)",
        "logs | summarize percentiles(user, 5, 50, 95), percentile(status, 50), percentile(none, 50), percentile(span, 10) by level",
        "logs | summarize percentiles_array(took, 25, 75) by level, status",
        "logs | summarize percentilew(took, status, 50) by level",
        "logs | where none > 0 | summarize percentiles(took, 50, 95)",
        "logs | summarize count_distinct(id), count_distinct(uuid), count_distinct(text)",
        "logs | summarize count_distinct(id), count_distinct(user), count_distinct(level) by service",
        "logs | summarize count_distinct(odd), count_distinct(took), count_distinct(none), count_distinct(ok), count_distinct(same)",
        "logs | where level == 'error' | summarize count_distinct(id) by level",
        "logs | summarize dcount(id), dcount(user), dcount(level)",
        "logs | distinct level, ok",
        "logs | summarize count(), count_distinct(uuid), dcount(uuid) by owner",
        "logs | summarize sum(team), count() by bin(team, 100000)",
        "logs | where owner == 'owner 3' or owner == 'nobody' | project uuid, owner, team",
        "logs | where level == 'error' | top 9 by timestamp desc, seq asc | project uuid, owner, team",
        "logs | where level == 'warn' and team > 1000 | summarize count() by uuid, team",
        "logs | where timestamp between (datetime(2026-01-01 00:20) .. 1m) | project seq, owner, team, uuid",
        "logs | distinct id",
        "logs | where id in ('00000000000000000000000000000003', 'ffffffffffffffffffffffffffffffff') | project id, user",
        "logs | where id startswith '0000000000000000000000000000001' | summarize count() by id",
        "logs | where level in ('error', 'warn') and not(service == 's2') | summarize count() by service",
        "logs | where level != '' and isnotempty(service) | count",
        "logs | where took > 20 and took <= 40 | summarize count(), avg(took) by service",
        "logs | where odd > 0 or isnan(odd) | count",
        "logs | where status >= 500 and timestamp between (datetime(2026-01-01 00:20) .. 30m) | summarize avg(took), count() by service",
        "logs | where none == 0 | count",
        "logs | where ok and same == 7 | count",
        "logs | where user between (100 .. 200) or user == 4 | summarize count() by bin(user, 50)",
        "logs | top 10 by timestamp desc, seq asc",
        "logs | top 10 by timestamp asc, seq asc",
        "logs | where service == 's1' and level == 'error' | top 7 by timestamp desc, seq asc",
        "logs | top 700 by timestamp desc, seq asc | project seq, id, text, level",
        "logs | where level == 'nosuch' | top 7 by timestamp",
        "logs | top 5 by user desc, seq asc",
        "logs | where service == 's0' | top 3 by timestamp desc, seq asc | project t = timestamp, id, uuid, took",
        "logs | summarize make_set(level), make_list(same, 2), take_any(none), arg_max(seq, id, text) by service",
        "logs | summarize stdev(took), countif(ok), sumif(user, level == 'error'), dcountif(id, ok) by status",
    ];

    public async Task InitializeAsync()
    {
        _database = await Database.OpenAsync(
            new StoreOptions { DataDirectory = _directory.Path, BlockRows = BlockRows }, TimeProvider.System, CancellationToken.None);
        Table table = _database.GetOrCreateTable("default", "logs");
        var random = new Random(5);
        for (int append = 0; append < 5; append++)
        {
            object?[][] rows = [.. Enumerable.Range(0, 900).Select(_ => RandomRow(random, append))];
            _rows.AddRange(rows);
            await table.AppendAsync(Rows.Of(Numbered(), rows), new AppendOptions(), CancellationToken.None);
            if (append < 4)
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

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_OverStoredBlocks_EqualsPlainRows(string text)
    {
        var options = new CompileOptions { NowTicks = s_start };
        var plain = new ValuesPlan(Rows.Of(Numbered(), [.. _rows]));
        LogicalPlan written = Replace(KqlCompiler.Bind(text, _tables, options).Plan, plain);
        List<string> expected = Sorted(text, Rows.Run(written, batchRows: 2));
        Part[] parts = _tables.Snapshot("logs")!.Parts.ToArray();
        Assert.Contains(parts, part => Has(part, BlockEncoding.Reference) && Has(part, BlockEncoding.SharedDictionary));
        LogicalPlan stored = KqlCompiler.Compile(text, _tables, options).Plan;
        foreach (int workers in (int[])[1, 3])
        {
            var limits = new QueryLimits { MaxWorkers = workers };
            Assert.Equal(expected, Sorted(text, Rows.Run(stored, QueryRun.DefaultBatchRows, limits, _tables)));
        }

        Assert.Equal(expected, Sorted(text, Rows.Run(stored, batchRows: 2, source: _tables)));
    }

    private static bool Has(Part part, BlockEncoding encoding) =>
        part.Footer.Columns.Any(column => column.Chunks.Any(chunk => chunk.Encoding == encoding));

    // Sums of reals depend on the order they are added in; sets and lists on the order rows come in.
    private static List<string> Sorted(string text, List<string> lines)
    {
        IEnumerable<string> rounded = lines.Select(line => string.Join('|', line.Split('|').Select(Rounded)));
        return text.Contains("top ", StringComparison.Ordinal) ? [.. rounded] : [.. rounded.Order(StringComparer.Ordinal)];
    }

    private static string Rounded(string cell) =>
        cell.StartsWith('[') ? string.Join(',', cell.Trim('[', ']').Split(',').Order(StringComparer.Ordinal))
        : cell.Contains('.', StringComparison.Ordinal) && double.TryParse(cell, out double number) ? number.ToString("G10")
        : cell;

    private static LogicalPlan Replace(LogicalPlan plan, ValuesPlan rows) => plan switch
    {
        ScanPlan => rows,
        FilterPlan filter => filter with { Input = Replace(filter.Input, rows) },
        ProjectPlan project => project with { Input = Replace(project.Input, rows) },
        SummarizePlan summarize => summarize with { Input = Replace(summarize.Input, rows) },
        TopPlan top => top with { Input = Replace(top.Input, rows) },
        _ => throw new NotSupportedException(plan.GetType().Name),
    };

    private static Schema Numbered() =>
        new(s_schema.Columns.ToArray().Append(new Column("seq", ScalarType.Long)));

    private object?[] RandomRow(Random random, int append)
    {
        string level = random.Next(20) switch { 0 => "error", 1 or 2 => "warn", 3 => "", _ => "info" };
        byte[] id = new byte[16];
        int trace = random.Next(300);
        id[15] = (byte)random.Next(append == 2 ? 4 : 256);
        id[14] = (byte)(append < 2 ? random.Next(3) : 0);
        return
        [
            s_start + (random.Next(7200) * TimeSpan.TicksPerSecond) + (append == 3 ? random.Next(10_000_000) : 0),
            append == 1 ? "s1" : "s" + random.Next(3),
            append == 2 ? "info" : level,
            random.Next(9) == 0 ? null : (object)(long)random.Next(append == 3 ? 20 : 400),
            random.Next(50) == 0 ? null : (object)random.NextInt64(long.MinValue, long.MaxValue),
            append == 4 ? 200 : random.Next(200, 600),
            random.Next(30) == 0 ? null : (object)Math.Round(random.NextDouble() * 100, 2),
            random.Next(6) switch { 0 => null, 1 => double.NaN, 2 => -0.0, 3 => 0.0, 4 => double.NegativeInfinity, _ => (object)random.NextDouble() },
            append == 3 && random.Next(9) == 0 ? "not hex" : append == 4 && random.Next(5) == 0 ? "" : Convert.ToHexStringLower(id),
            new Guid(trace, 1, 2, new byte[8]).ToString(),
            $"text {random.Next(700)}",
            random.Next(8) == 0 ? null : (object)(random.Next(2) == 0),
            append == 0 && random.Next(40) == 0 ? 5L : null,
            7L,
            (long)random.Next(1_000_000_000),
            append != 1 && random.Next(40) == 0 ? "nobody" : $"owner {trace % 70}", // follows from the trace, but for a few
            append == 3 && random.Next(40) == 0 ? null : (object)(trace * 7919L),
            _sequence++,
        ];
    }
}
