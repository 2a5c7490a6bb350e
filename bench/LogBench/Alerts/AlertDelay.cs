using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bongsu.LogBench.Serving;

namespace Bongsu.LogBench.Alerts;

/// <summary>How long it takes from sending a row, through window and watermark, to the webhook.</summary>
/// <param name="P50Ms">Median, beyond the window's end.</param>
/// <param name="P99Ms">99th percentile.</param>
internal sealed record AlertDelay(double P50Ms, double P99Ms)
{
    private const int Events = 40;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts a server of its own and measures.</summary>
    public static async Task<AlertDelay> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("bongsu-bench-").FullName;
        try
        {
            await using var webhook = new WebhookReceiver();
            string rules = Path.Combine(folder, "rules");
            WriteRule(rules, webhook.Address);
            using ServerUnderTest server = await ServerUnderTest.StartAsync(Path.Combine(folder, "data"), "--rules", rules);
            return await MeasureAsync(server, webhook);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Writes the rule that is measured: fires for each key, at the end of its one-second window.
    private static void WriteRule(string folder, Uri webhook)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "delay.yaml"), """
            name: delay
            query: beats | where key != "tick" | summarize n = count() by key | where n > 0
            every: 1s
            window: 1s
            lateness: 0s
            severity: 3
            channels: [bench]
            """);
        File.WriteAllText(Path.Combine(folder, "channels.yaml"), $"""
            channels:
              bench:
                webhook: {webhook}
            """);
    }

    // Sends rows of a key of its own, one after the other, and waits for each one's alert; ticks of other rows
    // move event time.
    private static async Task<AlertDelay> MeasureAsync(ServerUnderTest server, WebhookReceiver webhook)
    {
        var delays = new List<double>();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var done = new CancellationTokenSource();
        Task ticking = TickAsync(server, done.Token);
        for (int beat = 0; beat < Events && !limit.IsCancellationRequested; beat++)
        {
            string key = $"k{beat}";
            long endsIn = 1000 - (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() % 1000);
            long windowEnd = Stopwatch.GetTimestamp() + (endsIn * Stopwatch.Frequency / 1000);
            await SendAsync(server, key);
            while (await webhook.Received.WaitToReadAsync(limit.Token))
            {
                (long timestamp, string body) = await webhook.Received.ReadAsync(limit.Token);
                if (body.Contains($"\"{key}\"", StringComparison.Ordinal) && body.Contains("firing", StringComparison.Ordinal))
                {
                    delays.Add(Stopwatch.GetElapsedTime(windowEnd, timestamp).TotalMilliseconds);
                    break;
                }
            }
        }

        await done.CancelAsync();
        await ticking;
        delays.Sort();
        return new AlertDelay(delays[delays.Count / 2], delays[(int)(delays.Count * 0.99)]);
    }

    private static async Task TickAsync(ServerUnderTest server, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await SendAsync(server, "tick");
            await Task.Delay(s_tick, CancellationToken.None);
        }
    }

    private static Task SendAsync(ServerUnderTest server, string key)
    {
        string time = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return server.IngestAsync(Encoding.UTF8.GetBytes($"{{\"timestamp\":\"{time}\",\"key\":\"{key}\"}}\n"), "beats");
    }
}
