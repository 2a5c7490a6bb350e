using System.Text;

namespace Bongsu.EndToEnd;

/// <summary>Nothing acknowledged is lost and nothing is there twice, however often the process is killed.</summary>
public sealed class KillTests
{
    private const int Kills = 32;
    private const int Writers = 4;
    private const int RowsPerRequest = 40;

    [Fact]
    public async Task EveryAcknowledgedRow_AfterKillsAtRandomMoments_IsThereOnce()
    {
        using var data = new TemporaryDirectory();
        var random = new Random(20261121);
        var acknowledged = new long[Writers];
        ServerProcess server = await StartAsync(data.Path);
        using var stop = new CancellationTokenSource();
        var current = new StrongBox(server);
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer, current, acknowledged, stop.Token))];
        for (int kill = 0; kill < Kills; kill++)
        {
            await UntilSomethingIsAcknowledgedAsync(acknowledged);
            await Task.Delay(random.Next(0, 250));
            await server.KillAsync();
            await server.DisposeAsync();
            server = await StartAsync(data.Path);
            current.Server = server;
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await using ServerProcess last = server;
        for (int writer = 0; writer < Writers; writer++)
        {
            string[][] rows = await last.RowsAsync(
                $"numbered | where writer == {writer} | summarize rows = count(), distinct_rows = count_distinct(number), last = max(number)");
            long requests = acknowledged[writer];
            Assert.True(requests > 0, $"writer {writer} never got an answer");

            // The request that was under way at the end may be there or not; every other is there once.
            long stored = long.Parse(rows[0][0]);
            Assert.Contains(stored, new[] { requests * RowsPerRequest, (requests + 1) * RowsPerRequest });
            Assert.Equal(rows[0][0], rows[0][1]);
            Assert.Equal(stored - 1, long.Parse(rows[0][2]));
        }
    }

    // Parts are cut every few hundred kilobytes, so that kills fall into cutting and merging too.
    private static Task<ServerProcess> StartAsync(string data) =>
        ServerProcess.StartAsync(data, "--cut-size", "200KiB", "--cut-age", "1s");

    private static async Task UntilSomethingIsAcknowledgedAsync(long[] acknowledged)
    {
        long before = acknowledged.Sum();
        for (int wait = 0; acknowledged.Sum() == before; wait++)
        {
            Assert.True(wait < 3000, "no request was answered for half a minute");
            await Task.Delay(10);
        }
    }

    private static async Task WriteAsync(int writer, StrongBox current, long[] acknowledged, CancellationToken stop)
    {
        for (long request = 0; !stop.IsCancellationRequested; request++)
        {
            var body = new StringBuilder();
            for (int row = 0; row < RowsPerRequest; row++)
            {
                long number = (request * RowsPerRequest) + row;
                body.Append($"{{\"timestamp\":\"2026-11-20T00:00:00Z\",\"writer\":{writer},\"number\":{number},\"message\":\"row {number} of {writer}\"}}\n");
            }

            while (!stop.IsCancellationRequested && !await TrySendAsync(current.Server, body.ToString(), $"{writer}-{request}"))
            {
                await Task.Delay(10, CancellationToken.None);
            }

            if (!stop.IsCancellationRequested)
            {
                acknowledged[writer] = request + 1;
            }
        }
    }

    private static async Task<bool> TrySendAsync(ServerProcess server, string body, string key)
    {
        try
        {
            await server.IngestAsync("numbered", body, key);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    private sealed class StrongBox(ServerProcess server)
    {
        public volatile ServerProcess Server = server;
    }
}
