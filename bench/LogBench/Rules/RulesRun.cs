using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Bongsu.LogBench.Alerts;
using Bongsu.LogBench.Reporting;
using Bongsu.LogBench.Serving;

namespace Bongsu.LogBench.Rules;

/// <summary>Many rules over a steady stream of rows: whether they keep up, how late they tell, what they cost.</summary>
internal sealed class RulesRun
{
    private const double AlertWindowSeconds = 10;
    private const string FirstRow = """
        {"level":"debug","service":"none","code":"","host":"h","status":1,"duration_ms":1,"user":"u","path":"p","message":"m"}

        """;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_lateness = TimeSpan.FromSeconds(1);

    private readonly RulesOptions _options;
    private double _maxQueuedRows;

    /// <summary>A run.</summary>
    public RulesRun(RulesOptions options)
    {
        _options = options;
    }

    /// <summary>Starts a server of its own and measures.</summary>
    public async Task<RulesFigures> RunAsync()
    {
        Machine machine = Machine.Here();
        string folder = Directory.CreateTempSubdirectory("bongsu-bench-").FullName;
        try
        {
            await using var webhook = new WebhookReceiver();
            string rules = Path.Combine(folder, "rules");
            RuleFolder.Write(rules, _options.Rules, webhook.Address);
            double bareMb = await BareMbAsync(Path.Combine(folder, "bare"));
            long started = Stopwatch.GetTimestamp();
            using ServerUnderTest server = await ServerUnderTest.StartAsync(Path.Combine(folder, "data"), "--rules", rules, "--storm-rules", "0");
            double startSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_options.Rules} rules, started in {startSeconds:0.0} s"));
            await Task.Delay(s_settle);
            return await MeasureAsync(server, webhook) with
            {
                Machine = machine,
                StartSeconds = startSeconds,
                BareMb = bareMb,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> BareMbAsync(string folder)
    {
        using ServerUnderTest server = await ServerUnderTest.StartAsync(folder);
        await Task.Delay(s_settle);
        return server.ResidentMb;
    }

    private async Task<RulesFigures> MeasureAsync(ServerUnderTest server, WebhookReceiver webhook)
    {
        // The table comes with its first row: only now rules are bound.
        var sender = new RowSender(server, _options.Connections, _options.Rate, _options.Alerts / AlertWindowSeconds);
        await server.IngestAsync(Encoding.UTF8.GetBytes(FirstRow), "logs");
        await Task.Delay(s_settle);
        double rulesMb = server.ResidentMb;
        using var end = new CancellationTokenSource();
        Task sending = sender.RunAsync(end.Token);
        await WatchAsync(server, sender, s_warmUp);
        _maxQueuedRows = 0;
        long from = Stopwatch.GetTimestamp();
        DateTimeOffset fromTime = DateTimeOffset.UtcNow;
        TimeSpan cpu = server.CpuTime;
        long rows = sender.SentRows;
        double? rulesCpu = (await ServerMetrics.ReadAsync(server))["bongsu_rules_evaluation_seconds_total"];
        await WatchAsync(server, sender, TimeSpan.FromSeconds(_options.Seconds));
        double seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        ServerMetrics metrics = await ServerMetrics.ReadAsync(server);
        double cpuShare = (server.CpuTime - cpu).TotalSeconds / seconds;
        double rowsPerSecond = (sender.SentRows - rows) / seconds;
        List<double> delays = DelaysSince(webhook, fromTime);
        double endMb = server.ResidentMb;
        await end.CancelAsync();
        await sending;
        return new RulesFigures
        {
            Date = DateOnly.FromDateTime(fromTime.UtcDateTime),
            Command = _options.Command,
            Machine = Machine.Here(),
            Rules = _options.Rules,
            StartSeconds = 0,
            RowsPerSecond = rowsPerSecond,
            CpuShare = cpuShare,
            RulesCpuShare = (metrics["bongsu_rules_evaluation_seconds_total"] - rulesCpu) / seconds,
            MaxQueuedRows = metrics["bongsu_stream_queued_rows"] is null ? null : _maxQueuedRows,
            BatchesShed = metrics["bongsu_stream_shed_batches_total"],
            Messages = delays.Count,
            DelayP50Ms = Quantile(delays, 0.5),
            DelayP99Ms = Quantile(delays, 0.99),
            BareMb = 0,
            RulesMb = rulesMb,
            EndMb = endMb,
            StateBytesPerRule = metrics["bongsu_rules_state_bytes"] / _options.Rules,
        };
    }

    private async Task WatchAsync(ServerUnderTest server, RowSender sender, TimeSpan time)
    {
        long from = Stopwatch.GetTimestamp();
        TimeSpan cpu = server.CpuTime;
        long rows = sender.SentRows;
        long look = from;
        while (Stopwatch.GetElapsedTime(from) < time)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            double queued = (await ServerMetrics.ReadAsync(server))["bongsu_stream_queued_rows"] ?? 0;
            _maxQueuedRows = Math.Max(_maxQueuedRows, queued);
            if (Stopwatch.GetElapsedTime(look).TotalSeconds >= AlertWindowSeconds)
            {
                double seconds = Stopwatch.GetElapsedTime(look).TotalSeconds;
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(sender.SentRows - rows) / seconds,9:N0} rows/s {(server.CpuTime - cpu).TotalSeconds / seconds:0.00} cores {queued,9:N0} rows wait {server.ResidentMb:0} MB"));
                (look, cpu, rows) = (Stopwatch.GetTimestamp(), server.CpuTime, sender.SentRows);
            }
        }
    }

    // Firing alerts of windows that ended since a time; what came before belongs to the warm-up.
    private static List<double> DelaysSince(WebhookReceiver webhook, DateTimeOffset fromTime)
    {
        long nowTimestamp = Stopwatch.GetTimestamp();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var delays = new List<double>();
        while (webhook.Received.TryRead(out (long Timestamp, string Body) message))
        {
            using var body = JsonDocument.Parse(message.Body);
            JsonElement alert = body.RootElement.GetProperty("alert");
            DateTimeOffset windowEnd = alert.GetProperty("windowEnd").GetDateTimeOffset();
            if (body.RootElement.GetProperty("state").GetString() == "firing" && windowEnd >= fromTime)
            {
                DateTimeOffset arrived = now - Stopwatch.GetElapsedTime(message.Timestamp, nowTimestamp);
                delays.Add((arrived - windowEnd - s_lateness).TotalMilliseconds);
            }
        }

        delays.Sort();
        return delays;
    }

    private static double? Quantile(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
