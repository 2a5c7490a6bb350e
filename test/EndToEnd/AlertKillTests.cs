using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bongsu.EndToEnd;

/// <summary>Rules that fire and resolve all the time while the process is killed at random moments: each alert is told, and told
/// again only where a kill fell between the receiver's answer and our note of it.</summary>
public sealed class AlertKillTests
{
    private const int Kills = 9;
    private static readonly string[] s_services = ["pay", "search", "care", "cart", "login"];

    // Bursts of a service: so many seconds out of so many.
    private const int BurstSeconds = 3;
    private const int PeriodSeconds = 12;

    // From a message until it is noted as told. The receiver is slow and takes one at a time: it may read a message after the
    // process that sent it was killed.
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task EveryAlert_AfterKillsAtRandomMoments_IsToldAndResolvedOnce()
    {
        using var folder = new TemporaryDirectory();
        var random = new Random(20261121);
        await using var webhook = new WebhookReceiver(async () =>
        {
            int dice;
            lock (random)
            {
                dice = random.Next(100);
            }

            await Task.Delay(dice % 10 == 0 ? 200 : dice % 20);
            return dice < 15 ? 503 : 200;
        });
        await WriteRulesAsync(folder, webhook.Address);
        ServerProcess server = await StartAsync(folder);
        var kills = new List<DateTimeOffset>();
        using var stop = new CancellationTokenSource();
        var current = new Current(server);
        Task<List<(string Service, DateTimeOffset At)>> writer = WriteAsync(current, stop.Token);
        for (int kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(kill % 3 == 2 ? random.Next(300) : random.Next(1000, 5000));
            kills.Add(DateTimeOffset.UtcNow);
            await server.KillAsync();
            await server.DisposeAsync();
            server = await StartAsync(folder);
            current.Server = server;
        }

        await Task.Delay(PeriodSeconds * 1000);
        await stop.CancelAsync();
        List<(string Service, DateTimeOffset At)> bursts = await writer;
        await using ServerProcess last = server;
        JsonElement[] alerts = await UntilAllAreResolvedAsync(last);
        await UntilToldAsync(webhook, 2 * alerts.Length);

        AssertBurstsAreAlerts(bursts, alerts);
        AssertToldOnce(webhook, alerts, kills);
    }

    // Every burst that was acknowledged lies in one alert of its service, and alerts of a rule and service do not overlap.
    private static void AssertBurstsAreAlerts(List<(string Service, DateTimeOffset At)> bursts, JsonElement[] alerts)
    {
        Assert.True(bursts.Count >= s_services.Length, $"{bursts.Count} bursts");
        foreach (string rule in (string[])["errors", "any-error"])
        {
            foreach (string service in s_services)
            {
                (DateTimeOffset From, DateTimeOffset To)[] spans =
                [
                    .. alerts.Where(alert => alert.GetProperty("rule").GetString() == rule && alert.GetProperty("key").GetProperty("service").GetString() == service)
                        .Select(alert => (From: Time(alert, "startedAt"), To: Time(alert, "resolvedAt")))
                        .Where(span => span.To > span.From)
                        .OrderBy(span => span.From),
                ];
                Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
                foreach ((_, DateTimeOffset at) in bursts.Where(burst => burst.Service == service))
                {
                    Assert.True(
                        spans.Any(span => span.From <= at.AddSeconds(3) && span.To >= at),
                        $"{rule}: {service} at {at:O} is in none of {string.Join(", ", spans.Select(span => $"{span.From:O}..{span.To:O}"))}");
                }
            }
        }
    }

    private static void AssertToldOnce(WebhookReceiver webhook, JsonElement[] alerts, List<DateTimeOffset> kills)
    {
        var told = new Dictionary<string, List<DateTimeOffset>>(StringComparer.Ordinal);
        var dedupKeys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((DateTimeOffset at, string body) in webhook.Taken)
        {
            using var message = JsonDocument.Parse(body);
            string key = $"{message.RootElement.GetProperty("alert").GetProperty("id").GetString()} {message.RootElement.GetProperty("state").GetString()}";
            string dedupKey = message.RootElement.GetProperty("dedupKey").GetString()!;
            Assert.Equal(dedupKey, dedupKeys.GetValueOrDefault(key, dedupKey));
            dedupKeys[key] = dedupKey;
            if (!told.TryGetValue(key, out List<DateTimeOffset>? times))
            {
                told.Add(key, times = []);
            }

            times.Add(at);
        }

        string[] expected = [.. alerts.SelectMany(alert => (string[])["firing", "resolved"], (alert, state) => $"{alert.GetProperty("id").GetString()} {state}")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), told.Keys.Order(StringComparer.Ordinal));
        foreach ((string key, List<DateTimeOffset> times) in told)
        {
            foreach ((DateTimeOffset first, DateTimeOffset again) in times.Zip(times.Skip(1)))
            {
                Assert.True(
                    kills.Exists(kill => kill <= again && (kill - first).Duration() < s_window),
                    $"{key} was told at {first:O} and {again:O}, with no kill soon after the first");
            }
        }

        Assert.Equal(dedupKeys.Count, dedupKeys.Values.Distinct(StringComparer.Ordinal).Count());
        int repeats = told.Values.Sum(times => times.Count - 1);
        Assert.True(repeats <= 3 * kills.Count, $"{repeats} of {told.Count} messages were repeated over {kills.Count} kills");
    }

    private static async Task WriteRulesAsync(TemporaryDirectory folder, Uri webhook)
    {
        const string Times = "every: 1s\nlateness: 1s\nstorm_share: 100%\nchannels: [hook]\n";
        Directory.CreateDirectory(folder.File("rules"));
        await File.WriteAllTextAsync(
            folder.File("rules/errors.yaml"),
            "name: errors\nquery: app | where level == 'error' | summarize n = count() by service | where n >= 3\nwindow: 2s\n" + Times);
        await File.WriteAllTextAsync(folder.File("rules/any.yaml"), "name: any-error\nkind: frequency\nquery: app | where level == 'error'\nby: service\ncount: 3\nwithin: 2s\n" + Times);
        await File.WriteAllTextAsync(folder.File("rules/channels.yaml"), $"channels:\n  hook:\n    webhook: {webhook}\n");
    }

    private static Task<ServerProcess> StartAsync(TemporaryDirectory folder) =>
        ServerProcess.StartAsync(folder.File("data"), "--rules", folder.File("rules"), "--storm-rules", "0", "--cut-size", "200KiB", "--cut-age", "1s");

    // A row of each service every tenth of a second: an error in its bursts. What was not acknowledged is sent again.
    private static async Task<List<(string Service, DateTimeOffset At)>> WriteAsync(Current current, CancellationToken stop)
    {
        var bursts = new List<(string Service, DateTimeOffset At)>();
        for (long request = 0; !stop.IsCancellationRequested; request++)
        {
            DateTimeOffset at = DateTimeOffset.UtcNow;
            var body = new StringBuilder();
            for (int service = 0; service < s_services.Length; service++)
            {
                bool isBurst = (at.ToUnixTimeSeconds() + (2 * service)) % PeriodSeconds < BurstSeconds;
                body.Append(CultureInfo.InvariantCulture, $"{{\"timestamp\":\"{at:O}\",\"service\":\"{s_services[service]}\",\"level\":\"{(isBurst ? "error" : "info")}\"}}\n");
                if (isBurst)
                {
                    body.Append(CultureInfo.InvariantCulture, $"{{\"timestamp\":\"{at:O}\",\"service\":\"{s_services[service]}\",\"level\":\"error\",\"message\":\"refused\"}}\n");
                    body.Append(CultureInfo.InvariantCulture, $"{{\"timestamp\":\"{at:O}\",\"service\":\"{s_services[service]}\",\"level\":\"error\",\"message\":\"refused\"}}\n");
                    bursts.Add((s_services[service], at));
                }
            }

            while (!await TrySendAsync(current.Server, body.ToString(), $"r{request}"))
            {
                await Task.Delay(20, CancellationToken.None);
            }

            await Task.Delay(100, CancellationToken.None);
        }

        return bursts;
    }

    private static async Task<bool> TrySendAsync(ServerProcess server, string body, string key)
    {
        try
        {
            await server.IngestAsync("app", body, key);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    // Time goes on with quiet rows.
    private static async Task<JsonElement[]> UntilAllAreResolvedAsync(ServerProcess server)
    {
        for (int wait = 0; wait < 200; wait++)
        {
            await server.IngestAsync("app", $"{{\"timestamp\":\"{DateTimeOffset.UtcNow:O}\",\"service\":\"none\",\"level\":\"info\"}}\n");
            using var document = JsonDocument.Parse(await server.Http.GetStringAsync(new Uri("/api/alerts?limit=10000", UriKind.Relative)));
            JsonElement[] alerts = [.. document.RootElement.GetProperty("alerts").EnumerateArray().Select(alert => alert.Clone())];
            if (wait > 20 && alerts.Length > 0 && alerts.All(alert => alert.GetProperty("state").GetString() == "resolved"))
            {
                return alerts;
            }

            await Task.Delay(200);
        }

        throw new TimeoutException("alerts did not resolve: " + server.Output);
    }

    private static async Task UntilToldAsync(WebhookReceiver webhook, int messages)
    {
        for (int wait = 0; wait < 300 && webhook.Taken.Count < messages; wait++)
        {
            await Task.Delay(100);
        }

        await Task.Delay(2000); // what would come twice
    }

    private static DateTimeOffset Time(JsonElement alert, string name) => alert.GetProperty(name).GetDateTimeOffset();

    private sealed class Current(ServerProcess server)
    {
        public volatile ServerProcess Server = server;
    }
}
