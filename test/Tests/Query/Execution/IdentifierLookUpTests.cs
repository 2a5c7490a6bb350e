using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store;
using Bongsu.Store.Parts;

namespace Bongsu.Tests.Query.Execution;

/// <summary>Rows of one identifier, found by zones of codes and read without the others of their blocks, are those a look at
/// every row finds.</summary>
public sealed class IdentifierLookUpTests : IAsyncLifetime
{
    private const int RowCount = 30_000;
    private const int BlockRows = 8192;
    private static readonly long s_start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private static readonly Schema s_schema = Rows.Schema(
        ("timestamp", ScalarType.DateTime), ("service", ScalarType.String), ("level", ScalarType.String), ("trace", ScalarType.String),
        ("message", ScalarType.String), ("user", ScalarType.Long), ("address", ScalarType.String), ("seq", ScalarType.Long));

    private readonly TemporaryFolder _directory = new();
    private readonly List<Row> _rows = [];
    private Database _database = null!;
    private TenantTables _tables = null!;
    private int _next;

    public static TheoryData<int, string> Conditions()
    {
        var conditions = new TheoryData<int, string>();
        for (int condition = 0; condition < s_conditions.Length; condition++)
        {
            conditions.Add(condition, s_conditions[condition].Text);
        }

        return conditions;
    }

    private static readonly (string Text, Func<Row, Row, Row, bool> Keeps)[] s_conditions =
    [
        ("trace == '{0}'", (row, one, _) => row.Trace == one.Trace),
        ("'{0}' == trace and level == 'error'", (row, one, _) => row.Trace == one.Trace && row.Level == "error"),
        ("trace =~ '{0:upper}'", (row, one, _) => row.Trace == one.Trace),
        ("trace in ('{0}', '{1}', 'no identifier')", (row, one, other) => row.Trace == one.Trace || row.Trace == other.Trace),
        ("trace has '{1}'", (row, _, other) => row.Trace == other.Trace),
        ("trace contains '{0:upper}'", (row, one, _) => row.Trace == one.Trace),
        ("trace contains 'x{0}'", (_, _, _) => false),
        ("trace == '{0}' or trace == '{1}' and user == {1:user}", (row, one, other) =>
            row.Trace == one.Trace || (row.Trace == other.Trace && row.User == other.User)),
        ("trace == '{0}' or seq == {1:seq}", (row, one, other) => row.Trace == one.Trace || row.Seq == other.Seq),
        ("trace != '{0}' and seq between ({1:seq} .. 20000)", (row, one, other) =>
            row.Trace != one.Trace && row.Seq >= other.Seq && row.Seq <= 20000),
        ("trace == '{0}' and timestamp >= datetime({1:time})", (row, one, other) => row.Trace == one.Trace && row.Ticks >= other.Ticks),
        ("trace == '{0}' and message contains '{1:hex}'", (row, one, other) => row.Trace == one.Trace && row.Seq == other.Seq),
        ("trace == '' and seq < 500", (row, _, _) => row.Trace.Length == 0 && row.Seq < 500),
    ];

    public async Task InitializeAsync()
    {
        _database = await Database.OpenAsync(
            new StoreOptions { DataDirectory = _directory.Path, BlockRows = BlockRows, Background = false },
            TimeProvider.System,
            CancellationToken.None);
        Table table = _database.GetOrCreateTable("default", "logs");
        var random = new Random(11);
        for (int append = 0; append < 3; append++)
        {
            Row[] rows = [.. Enumerable.Range(0, RowCount / 3).Select(_ => RandomRow(random))];
            _rows.AddRange(rows);
            object?[][] cells = Array.ConvertAll(rows, row => (object?[])
                [row.Ticks, row.Service, row.Level, row.Trace, row.Message, row.User, row.Address, (long)row.Seq]);
            await table.AppendAsync(Rows.Of(s_schema, cells), new AppendOptions(), CancellationToken.None);
            if (append != 1)
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
    [MemberData(nameof(Conditions))]
    public void Where_OnIdentifiers_EqualsALookAtEveryRow(int condition, string text)
    {
        Part[] parts = [.. _tables.Snapshot("logs")!.Parts];
        Assert.All(parts, part => Assert.Equal(BlockEncoding.SharedDictionary, part.Footer.Find("trace")!.Chunks[0].Encoding));
        Assert.All(parts, part => Assert.Equal(BlockEncoding.Reference, part.Footer.Find("user")!.Chunks[0].Encoding));
        var random = new Random(condition);
        for (int round = 0; round < 3; round++)
        {
            Row one = Pick(random);
            Row other = round % 2 == 0 ? Pick(random) : one;
            string where = Filled(text, one, other);
            string[] expected = [.. _rows.Where(row => s_conditions[condition].Keeps(row, one, other)).Select(Line).Order(StringComparer.Ordinal)];
            Assert.Equal(expected, Run($"logs | where {where} | project seq, service, level, trace, message, user, address"));
            Assert.Equal([.. expected.Select(line => line.Split('|')[5]).Order(StringComparer.Ordinal)], Run($"logs | where {where} | project user"));
            Assert.Equal(expected.Length, Count(where));
        }
    }

    private static string Line(Row row) =>
        $"{row.Seq}|{row.Service}|{row.Level}|{row.Trace}|{row.Message}|{row.User?.ToString() ?? "∅"}|{row.Address}";

    private static string Filled(string text, Row one, Row other) => text
        .Replace("{0}", one.Trace, StringComparison.Ordinal)
        .Replace("{1}", other.Trace, StringComparison.Ordinal)
        .Replace("{0:upper}", one.Trace.ToUpperInvariant(), StringComparison.Ordinal)
        .Replace("{1:user}", other.User?.ToString() ?? "-1", StringComparison.Ordinal)
        .Replace("{1:seq}", other.Seq.ToString(), StringComparison.Ordinal)
        .Replace("{1:time}", new DateTime(other.Ticks).ToString("O"), StringComparison.Ordinal)
        .Replace("{1:hex}", Hex(other.Seq), StringComparison.Ordinal);

    // Of every row another one, so that no message holds that of another row.
    private static string Hex(int seq) => ((ulong)(seq + 1) * 0x9E3779B97F4A7C15).ToString("x16");

    private List<string> Run(string text)
    {
        var plan = KqlCompiler.Compile(text, _tables, new CompileOptions { NowTicks = s_start }).Plan;
        return [.. Rows.Run(plan, QueryRun.DefaultBatchRows, source: _tables).Order(StringComparer.Ordinal)];
    }

    private int Count(string where) => int.Parse(Run($"logs | where {where} | count").Single());

    private Row Pick(Random random)
    {
        Row row;
        do
        {
            row = _rows[random.Next(_rows.Count)];
        }
        while (row.Trace.Length == 0 || (row.User is null && random.Next(4) > 0));

        return row;
    }

    private Row RandomRow(Random random)
    {
        // Traces follow each other in time; their rows are in all services.
        int trace = (_next / 5) + random.Next(12);
        bool hasTrace = random.Next(60) > 0;
        bool isOdd = random.Next(400) == 0;
        long? user = isOdd ? null : trace * 31L % 5000;
        string hex = Hex(_next);
        string message = random.Next(4) switch
        {
            0 => $"request completed method=GET path=/api/v{random.Next(3)}/items/{random.Next(100, 1_000_000)} user={user} request_id={hex}",
            1 => $"cache miss for key {random.Next(100)} after {random.Next(10_000) / 100.0:0.00}ms id={hex}",
            2 => $"사용자 {user} 결제 실패 request_id={hex}",
            _ => $"worker-{random.Next(8)} took lease {hex}",
        };
        return new Row(
            s_start + (_next * TimeSpan.TicksPerMillisecond * 40) + random.Next(1_000_000),
            "s" + random.Next(4),
            random.Next(10) == 0 ? "error" : "info",
            hasTrace ? Hex(-trace) + Hex(trace) : "",
            message,
            hasTrace ? user : random.Next(2),
            hasTrace ? $"10.1.{trace % 200}.{trace % 7}" : "",
            _next++);
    }

    private sealed record Row(long Ticks, string Service, string Level, string Trace, string Message, long? User, string Address, int Seq);
}
