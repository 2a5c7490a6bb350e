using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Bongsu.EndToEnd;

/// <summary>A server with little memory says so with 429, and keeps what it acknowledged.</summary>
public sealed class BackpressureTests : IDisposable
{
    private const int Senders = 10;
    private const int RequestsOfSender = 6;
    private const int MaxHolds = 20;
    private const int RowsOfRequest = 400;
    private const int MaxTries = 2_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan s_arrival = TimeSpan.FromMilliseconds(300);
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FullMemory_IsAnswered429AndNoAcknowledgedRowIsLost()
    {
        string data = _folder.File("data");
        var acknowledged = new ConcurrentBag<int>();
        var refusals = new ConcurrentBag<string>();
        await using (ServerProcess server = await ServerProcess.StartAsync(
            data, "--ingest-memory", "400KiB", "--head-memory", "400KiB", "--cut-size", "100KiB"))
        {
            await WhileOneIsHeldAsync(server);
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
            {
                for (int request = 0; request < RequestsOfSender; request++)
                {
                    int number = (sender * RequestsOfSender) + request;
                    await SendUntilTakenAsync(server, number, refusals);
                    acknowledged.Add(number);
                }
            })));
            await server.KillAsync();
        }

        Assert.NotEmpty(refusals);
        Assert.Equal(Senders * RequestsOfSender, acknowledged.Count);
        await using ServerProcess again = await ServerProcess.StartAsync(data);
        string[][] counts = await again.RowsAsync("app | where isnotnull(request) | summarize count(), dcount(n) by request");
        Assert.Equal(acknowledged.Count, counts.Length);
        Assert.All(counts, count => Assert.Equal(RowsOfRequest.ToString(), count[1]));
    }

    // A request that is announced and does not come takes all the memory there is: others are refused, and it is taken.
    private static async Task WhileOneIsHeldAsync(ServerProcess server)
    {
        byte[] body = Rows(request: null, 3_000);
        using TcpClient client = await HoldAsync(server, body.Length);
        NetworkStream held = client.GetStream();
        foreach (string path in (string[])["/ingest/app", "/elasticsearch/app/_bulk", "/v1/logs"])
        {
            using HttpResponseMessage refused = await server.Http.PostAsync(path, Json("{}"u8.ToArray()));
            Assert.True(
                refused.StatusCode == HttpStatusCode.TooManyRequests,
                $"{path}: {refused.StatusCode} {await refused.Content.ReadAsStringAsync()}");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            using JsonDocument said = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
            Assert.Contains("this request needs", said.RootElement.ToString(), StringComparison.Ordinal);
        }

        await held.WriteAsync(body.AsMemory(1));
        Assert.StartsWith("HTTP/1.1 200", await new StreamReader(held).ReadLineAsync(), StringComparison.Ordinal);
    }

    // Sends the head of a request and a byte; again where the server was too busy to see it at once.
    private static async Task<TcpClient> HoldAsync(ServerProcess server, int bodyBytes)
    {
        for (int hold = 0; hold < MaxHolds; hold++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(server.Address.Host, server.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /ingest/app HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Length: {bodyBytes}\r\nConnection: close\r\n\r\n{{"));
            await Task.Delay(s_arrival);
            using HttpResponseMessage probe = await server.Http.PostAsync("/ingest/app", Json("{}"u8.ToArray()));
            if (probe.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return client;
            }

            client.Dispose();
        }

        throw new InvalidOperationException("a request that does not come held no memory");
    }

    private static async Task SendUntilTakenAsync(ServerProcess server, int number, ConcurrentBag<string> refusals)
    {
        byte[] rows = Rows(number, RowsOfRequest);
        bool isBulk = number % 3 == 0;
        string path = isBulk ? "/elasticsearch/app/_bulk" : "/ingest/app";
        byte[] body = isBulk ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(rows).Replace("{\"n", "{\"index\":{}}\n{\"n", StringComparison.Ordinal)) : rows;
        for (int tries = 0; tries < MaxTries; tries++)
        {
            using HttpResponseMessage response = await server.Http.PostAsync(path, Json(body));
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                string answer = await response.Content.ReadAsStringAsync();
                Assert.True(response.IsSuccessStatusCode && !answer.Contains("\"errors\":true", StringComparison.Ordinal), answer);
                return;
            }

            Assert.NotNull(response.Headers.RetryAfter);
            refusals.Add(path);
            await Task.Delay(s_pause);
        }

        Assert.Fail($"request {number} was never taken");
    }

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static byte[] Rows(int? request, int count)
    {
        var rows = new StringBuilder();
        for (int row = 0; row < count; row++)
        {
            string of = request is { } number ? $",\"request\":{number}" : "";
            rows.Append($"{{\"n\":{row}{of},\"message\":\"user={row} paid {row}.50 with card {Guid.NewGuid():N}\"}}\n");
        }

        return Encoding.UTF8.GetBytes(rows.ToString());
    }
}
