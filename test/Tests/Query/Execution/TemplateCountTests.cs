using Bongsu.Core.Types;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store;

namespace Bongsu.Tests.Query.Execution;

/// <summary>Rows counted by templates alone are as many as those that are read.</summary>
public sealed class TemplateCountTests : IAsyncLifetime
{
    private static readonly string[] s_words =
        ["timeout", "Timeout", "timed out", "user=", "결제가", "결제", "<*>", "failed:", "\"", "/api/v1/", "ms", "", " ", "é", "0x"];

    private readonly TemporaryFolder _directory = new();
    private readonly List<string> _messages = [];
    private Database _database = null!;
    private TenantTables _tables = null!;

    public async Task InitializeAsync()
    {
        _database = await Database.OpenAsync(
            new StoreOptions { DataDirectory = _directory.Path, BlockRows = 512 }, TimeProvider.System, CancellationToken.None);
        Table table = _database.GetOrCreateTable("default", "logs");
        var random = new Random(3);
        string[] shapes = [.. Enumerable.Range(0, 30).Select(_ => Shape(random))];
        for (int append = 0; append < 4; append++)
        {
            string[] messages =
                [.. Enumerable.Range(0, 1500).Select(_ => random.Next(20) == 0 ? Shape(random) : Fill(random, shapes[random.Next(shapes.Length)]))];
            _messages.AddRange(messages);
            await table.AppendAsync(
                Rows.Of(
                    Rows.Schema(("timestamp", ScalarType.DateTime), ("message", ScalarType.String)),
                    [.. messages.Select((message, row) => new object?[] { 638_000_000_000_000_000 + row, message })]),
                new AppendOptions(),
                CancellationToken.None);
            if (append < 3)
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
    [InlineData("message has 'timeout'")]
    [InlineData("message !has 'timeout'")]
    [InlineData("message contains 'TIMEOUT'")]
    [InlineData("message contains '결제'")]
    [InlineData("message has '결제'")]
    [InlineData("message contains '7'")]
    [InlineData("message contains 'user=4'")]
    [InlineData("message contains '<*>'")]
    [InlineData("message !contains 'e'")]
    [InlineData("message startswith 'timeout'")]
    [InlineData("message endswith 'ms'")]
    [InlineData("message matches regex @'timeout.*\\d+ms'")]
    [InlineData("message matches regex '^(failed|user)'")]
    [InlineData("isempty(message)")]
    [InlineData("message == ''")]
    [InlineData("message has 'timeout' or message has 'failed'")]
    [InlineData("strlen(message) > 20")]
    [InlineData("tolower(message) contains 'timeout'")]
    [InlineData("message has 'absent'")]
    [InlineData("message_template(message) has 'timeout'")]
    public void Count_OfAnyCondition_IsThatOfRowsReadAndOfPlainText(string condition)
    {
        string counted = Run($"logs | where {condition} | count");
        Assert.Equal(Run($"logs | where {condition} | summarize count(), sum(strlen(message))").Split('|')[0], counted);
        string? plain = condition switch
        {
            "message contains 'TIMEOUT'" => $"{_messages.Count(text => text.Contains("timeout", StringComparison.OrdinalIgnoreCase))}",
            "message contains '결제'" => $"{_messages.Count(text => text.Contains("결제", StringComparison.Ordinal))}",
            "message contains '7'" => $"{_messages.Count(text => text.Contains('7'))}",
            "message contains '<*>'" => $"{_messages.Count(text => text.Contains("<*>", StringComparison.Ordinal))}",
            "message !contains 'e'" => $"{_messages.Count(text => !text.Contains('e', StringComparison.OrdinalIgnoreCase))}",
            "message endswith 'ms'" => $"{_messages.Count(text => text.EndsWith("ms", StringComparison.OrdinalIgnoreCase))}",
            "message == ''" or "isempty(message)" => $"{_messages.Count(text => text.Length == 0)}",
            "message has 'absent'" => "0",
            _ => null,
        };
        Assert.Equal(plain ?? counted, counted);
    }

    private static string Shape(Random random) =>
        string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(3) == 0 ? "#" : s_words[random.Next(s_words.Length)]));

    private static string Fill(Random random, string shape) =>
        string.Concat(shape.Select(letter => letter == '#' ? $"{random.Next(1000)}" : letter.ToString()));

    private string Run(string text)
    {
        BoundQuery query = KqlCompiler.Compile(text, _tables, new CompileOptions { NowTicks = 638_000_000_000_000_000 });
        return Assert.Single(Rows.Text(QueryEngine.Execute(query, _tables, new QueryLimits(), CancellationToken.None).Batches()));
    }
}
