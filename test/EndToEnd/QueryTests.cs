using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bongsu.Core.Compression;

namespace Bongsu.EndToEnd;

/// <summary>Questions over HTTP and from the command line.</summary>
public sealed class QueryTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();
    private ServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(_data.Path);
        var rows = new StringBuilder();
        for (int row = 0; row < 1000; row++)
        {
            string level = row % 10 == 0 ? "ERROR" : "INFO";
            rows.Append($"{{\"timestamp\":\"2026-11-20T{row / 60 % 24:00}:{row % 60:00}:00Z\",\"level\":\"{level}\",\"service\":\"s{row % 4}\",");
            rows.Append($"\"message\":\"요청 {row} 처리\",\"big\":{9007199254740993 + row},\"http\":{{\"status\":{(row % 10 == 0 ? 500 : 200)}}}}}\n");
        }

        await _server.IngestAsync("logs", rows.ToString());
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Summarize_OfStoredRows_CountsThem()
    {
        string[][] rows = await _server.RowsAsync(
            "logs | where http.status >= 500 | summarize n = count() by service | sort by service asc");
        Assert.Equal(["s0,50", "s2,50"], rows.Select(row => string.Join(',', row)));
        Assert.Equal("9007199254740993", (await _server.RowsAsync("logs | summarize min(big)"))[0][0]);
        Assert.Equal(10, await _server.NumberAsync("logs | where message contains '요청 99' | count") - 1);
    }

    [Fact]
    public async Task Answer_CarriesStatisticsAndTypes()
    {
        JsonElement answer = await _server.QueryAsync("logs | summarize count() by bin(timestamp, 1h) | render timechart");
        Assert.Equal("datetime", answer.GetProperty("columns")[0].GetProperty("type").GetString());
        Assert.Equal("timechart", answer.GetProperty("visualization").GetProperty("Visualization").GetString());
        Assert.Equal(1000, answer.GetProperty("stats").GetProperty("rowsScanned").GetInt64());
        Assert.False(answer.GetProperty("truncated").GetBoolean());
    }

    [Theory]
    [InlineData("text/csv", "service,count_\r\ns0,250\r\n")]
    [InlineData("application/x-ndjson", "{\"service\":\"s0\",\"count_\":250}\n")]
    public async Task Answer_InAnotherForm_IsThatForm(string accept, string begin)
    {
        using HttpResponseMessage response = await PostAsync(
            new { query = "logs | summarize count() by service | sort by service asc" }, request => request.Headers.Accept.ParseAdd(accept));
        Assert.StartsWith(begin, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Answer_IsCompressed_WhenAskedFor(string encoding)
    {
        using HttpResponseMessage response = await PostAsync(
            new { query = "logs" }, request => request.Headers.AcceptEncoding.ParseAdd(encoding));
        Assert.Equal([encoding], response.Content.Headers.ContentEncoding);
        await using System.IO.Stream packed = await response.Content.ReadAsStreamAsync();
        await using System.IO.Stream plain = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => new ZstdReadStream(packed),
        };
        using var answer = await JsonDocument.ParseAsync(plain);
        Assert.Equal(1000, answer.RootElement.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task Parameters_AreBoundNotPasted()
    {
        using HttpResponseMessage response = await PostAsync(new
        {
            query = "declare query_parameters(svc:string); logs | where service == svc | count",
            parameters = new Dictionary<string, string> { ["svc"] = "s1\" or true //" },
        });
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(0, answer.RootElement.GetProperty("rows")[0][0].GetInt64());
    }

    [Fact]
    public async Task TimeRange_RestrictsEveryTable()
    {
        using HttpResponseMessage response = await PostAsync(new
        {
            query = "logs | count",
            from = "2026-11-20T00:00:00Z",
            to = "2026-11-20T01:00:00Z",
        });
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(60, answer.RootElement.GetProperty("rows")[0][0].GetInt64());
    }

    [Fact]
    public async Task MaxRows_CutsAndSaysSo()
    {
        using HttpResponseMessage response = await PostAsync(new { query = "logs", maxRows = 10 });
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(10, answer.RootElement.GetProperty("rows").GetArrayLength());
        Assert.True(answer.RootElement.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task Timeout_Answers408()
    {
        using HttpResponseMessage response = await PostAsync(new
        {
            query = "range a from 1 to 400000000 step 1 | summarize count() by a % 1000003",
            timeoutMs = 50,
        });
        Assert.Equal(HttpStatusCode.RequestTimeout, response.StatusCode);
    }

    [Fact]
    public async Task Memory_PastTheLimit_SaysSo()
    {
        using var data = new TemporaryDirectory();
        await using ServerProcess server = await ServerProcess.StartAsync(data.Path, "--query-memory", "1MiB");
        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(
            () => server.QueryAsync("range a from 1 to 3000000 step 1 | summarize count() by a"));
        Assert.Contains("memory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_SeesAFreshRow()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using HttpResponseMessage response = await _server.Http.GetAsync(
            new Uri("/api/tail?query=" + Uri.EscapeDataString("logs | where level == 'error' | project message"), UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        Assert.Equal("event: schema", await reader.ReadLineAsync(limit.Token));
        await _server.IngestAsync("logs", "{\"level\":\"info\",\"message\":\"quiet\"}\n{\"level\":\"ERROR\",\"message\":\"fresh\"}\n");
        string line;
        do
        {
            line = (await reader.ReadLineAsync(limit.Token))!;
        }
        while (!line.StartsWith("data: {\"rows\"", StringComparison.Ordinal));
        Assert.Equal("data: {\"rows\":[[\"fresh\"]]}", line);
    }

    [Fact]
    public async Task CommandLine_PrintsATable_AndPointsAtMistakes()
    {
        string server = _server.Address.ToString();
        (int code, string output, _) = await ServerProcess.RunAsync("query", "logs | summarize n = count() by level | sort by n", "--server", server);
        Assert.Equal(0, code);
        Assert.Matches(@"info\s+900\nerror\s+100\n", output);
        (code, _, string error) = await ServerProcess.RunAsync("query", "logs | wher level", "--server", server);
        Assert.Equal(1, code);
        Assert.Contains("       ^^^^", error, StringComparison.Ordinal);
        (code, output, _) = await ServerProcess.RunAsync("tables", "--server", server);
        Assert.Equal(0, code);
        Assert.Contains("logs", output, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync<T>(T body, Action<HttpRequestMessage>? adjust = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/query") { Content = new StringContent(JsonSerializer.Serialize(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        adjust?.Invoke(request);
        return await _server.Http.SendAsync(request);
    }
}
