using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Bongsu.Ingest;
using Bongsu.Ingest.Protocols.Ndjson;
using Bongsu.LogBench.Answers;
using Bongsu.LogBench.Generation;
using Bongsu.LogBench.Queries;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Server.Http.Answers;
using Bongsu.Store;

namespace Bongsu.Tests.LogBench.Answers;

/// <summary>The benchmark's questions, asked of the engine in this process, against the answers counted from the
/// lines.</summary>
public sealed class ExpectedAnswersTests : IAsyncLifetime
{
    private const int Rows = 20_000;
    private readonly TemporaryFolder _folder = new();
    private LogFile _file = null!;
    private ExpectedAnswers _expected = null!;
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _file = LogFile.Write(new LogGenerator(Rows, 2, 3), Path.Combine(_folder.Path, "logs.ndjson"));
        _expected = FileCounter.Count(_file);
        _database = await Database.OpenAsync(
            new StoreOptions { DataDirectory = Path.Combine(_folder.Path, "data"), BlockRows = 1024 }, TimeProvider.System, CancellationToken.None);
        var gateway = new IngestGateway(_database, TimeProvider.System);
        string[] lines = await File.ReadAllLinesAsync(_file.Path);
        foreach (string[] body in lines.Chunk(6000))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Join('\n', body));
            await gateway.WriteAsync(
                "default", "logs", NdjsonDecoder.Decode(bytes, gateway.OptionsFor("default")), AppendOptions.None, CancellationToken.None);
            if (body == lines.Chunk(6000).ElementAt(1))
            {
                await _database.GetOrCreateTable("default", "logs").FlushAsync();
            }
        }
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Engine_EveryQuestion_GivesTheExpectedAnswer()
    {
        var check = new AnswerCheck(_expected, _file);
        foreach (BenchQuery query in QuerySet.For(_expected.Inputs))
        {
            query.Check(await AskAsync(query.Kql), check);
        }
    }

    [Fact]
    public async Task Check_AnswersOverOtherRows_RefusesEachOfThem()
    {
        LogFile other = LogFile.Write(new LogGenerator(Rows + 1, 2, 4), Path.Combine(_folder.Path, "other.ndjson"));
        var check = new AnswerCheck(FileCounter.Count(other), other);
        foreach (BenchQuery query in QuerySet.For(_expected.Inputs))
        {
            Answer answer = await AskAsync(query.Kql);
            Assert.Throws<WrongAnswerException>(() => query.Check(answer, check));
        }
    }

    [Fact]
    public void Count_InSmallSegments_CountsEachLineOnce()
    {
        ExpectedAnswers small = FileCounter.Count(_file, segmentBytes: 1000);
        Assert.Equal(Rows, small.Rows);
        Assert.Equal(_expected.ByLevel, small.ByLevel);
        Assert.Equal(_expected.Traces.Count, small.Traces.Count);
        Assert.Equal(_expected.Durations["checkout"], small.Durations["checkout"]);
        Assert.Equal(_expected.Latest.Take().Select(line => line.TimeMs), small.Latest.Take().Select(line => line.TimeMs));
    }

    [Theory]
    [InlineData("after connection timeout, backoff", true)]
    [InlineData("connect_timeout=3s", true)]
    [InlineData("timeouts and mytimeout", false)]
    [InlineData("mytimeout, then timeout", true)]
    public void HasTimeout_WholeTermsOnly(string message, bool expected) =>
        Assert.Equal(expected, MessageFacts.HasTimeout(Encoding.UTF8.GetBytes(message)));

    [Theory]
    [InlineData("user=15 x", true)]
    [InlineData("user=5", false)]
    [InlineData("user=151 user=25", true)]
    [InlineData("user=15a", false)]
    [InlineData("user=15_", false)]
    [InlineData("key=user:15", false)]
    public void MatchesUser_AsTheExpressionSays(string message, bool expected)
    {
        Assert.Equal(expected, MessageFacts.MatchesUser(Encoding.UTF8.GetBytes(message)));
        Assert.Equal(expected, System.Text.RegularExpressions.Regex.IsMatch(message, @"user=\d+5\b"));
    }

    // Through the writer of the HTTP answer, so that cells have the form in which the benchmark reads them.
    private async Task<Answer> AskAsync(string kql)
    {
        var tables = new TenantTables(_database, "default");
        QueryResult result = QueryEngine.Execute(
            KqlCompiler.Compile(kql, tables, new CompileOptions { NowTicks = 0 }), tables, new QueryLimits(), CancellationToken.None);
        using var json = new MemoryStream();
        PipeWriter pipe = PipeWriter.Create(json, new StreamPipeWriterOptions(leaveOpen: true));
        using var writer = new JsonAnswerWriter(pipe);
        writer.Begin(result.Schema);
        foreach (var batch in result.Batches())
        {
            await writer.WriteAsync(batch, CancellationToken.None);
        }

        await writer.EndAsync(_ => { }, CancellationToken.None);
        await pipe.CompleteAsync();
        using var document = JsonDocument.Parse(json.ToArray());
        JsonElement root = document.RootElement.Clone();
        return new Answer(
            [.. root.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!)],
            [.. root.GetProperty("rows").EnumerateArray()]);
    }
}
