using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Bongsu.LogBench.Generation;
using Bongsu.LogBench.Reporting;
using Bongsu.LogBench.Serving;

namespace Bongsu.LogBench.Bands;

/// <summary>One rule with a band for each of many series, on the real server: learning, judging, a kill.</summary>
internal sealed class BandsRun(BandsOptions options)
{
    private const string Table = "requests";
    private const double RuleLookSeconds = 0.5;
    private const int LooksPerRow = 40;

    // Rows older than an hour at arrival would not pass the rule; what comes live begins so long before now.
    private const int LiveFromMinutes = 50;
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_longestWindow = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _slot = TimeSpan.FromMinutes(options.SlotMinutes);
    private double _peakMb;

    /// <summary>Starts a server of its own and measures.</summary>
    public async Task<BandsFigures> RunAsync()
    {
        Machine machine = Machine.Here();
        string folder = Path.Combine(options.Folder ?? Path.GetTempPath(), $"bongsu-bench-{Environment.ProcessId}");
        string rules = Directory.CreateDirectory(Path.Combine(folder, "rules")).FullName;
        string data = Path.Combine(folder, "data");
        try
        {
            long now = DateTimeOffset.UtcNow.UtcTicks - TimeSpan.FromMinutes(LiveFromMinutes).Ticks;
            var live = new DateTimeOffset(now - (now % _slot.Ticks), TimeSpan.Zero);
            DateOnly holiday = DateOnly.FromDateTime(live.AddDays(-10).DateTime);
            while (holiday.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                holiday = holiday.AddDays(-1);
            }

            var rows = new SeriesRows(options.Components, options.Apis, holiday);
            double loadSeconds = await LoadAsync(data, rows, live);
            BandsFigures figures;
            using (ServerUnderTest server = await ServerUnderTest.StartAsync(data, "--rules", rules))
            {
                figures = await MeasureAsync(server, rules, rows, live, holiday) with { Machine = machine, LoadSeconds = loadSeconds };
            }

            return figures with { RestartSeconds = await RestartAsync(data, rules, live) };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<double> LoadAsync(string data, SeriesRows rows, DateTimeOffset to)
    {
        using ServerUnderTest server = await ServerUnderTest.StartAsync(data);
        long started = Stopwatch.GetTimestamp();
        int slots = (int)(TimeSpan.FromDays(options.Days) / _slot);
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => Task.Run(async () =>
        {
            var body = new LineWriter();
            for (int slot = Interlocked.Increment(ref next); slot < slots; slot = Interlocked.Increment(ref next))
            {
                body.Clear();
                rows.Write(to - (_slot * (slots - slot)), isOutage: false, body);
                await server.IngestAsync(body.Written.ToArray(), Table);
                if (slot % 200 == 0)
                {
                    Note($"{(double)slot * options.Series / 1e6:0.0} M rows in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {server.ResidentMb:0} MB");
                }
            }
        })));
        await server.Http.PostAsync(
            new Uri($"/api/tables/{Table}/flush", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"));
        await Task.Delay(s_settle);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<BandsFigures> MeasureAsync(
        ServerUnderTest server, string rules, SeriesRows rows, DateTimeOffset live, DateOnly holiday)
    {
        await Task.Delay(s_settle);
        double beforeMb = server.ResidentMb;
        TimeSpan cpu = server.CpuTime;
        long started = Stopwatch.GetTimestamp();
        WriteRule(rules, holiday);
        await LearnAsync(server, live.AddSeconds(-1));
        double learnSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double learnCpu = (server.CpuTime - cpu).TotalSeconds;
        double afterMb = server.ResidentMb;
        JsonElement learnt = await RuleAsync(server);
        Note($"learnt in {learnSeconds:0.0} s, {learnCpu:0.0} s of CPU, {_peakMb:0} MB at most");
        await SendLiveAsync(server, rows, live);
        JsonElement end = await RuleAsync(server);
        (int told, int others) = await ToldAsync(server);
        return new BandsFigures
        {
            Date = DateOnly.FromDateTime(live.UtcDateTime),
            Command = options.Command,
            Machine = Machine.Here(),
            Series = (int)learnt.GetProperty("series").GetInt64(),
            Points = (int)(TimeSpan.FromDays(options.Days) / _slot),
            LoadSeconds = 0,
            LearnSeconds = learnSeconds,
            LearnCpuSeconds = learnCpu,
            LearnMb = [beforeMb, _peakMb, afterMb],
            BandBytesPerSeries = (double)learnt.GetProperty("stateBytes").GetInt64() / options.Series,
            StateBytesPerSeries = (double)end.GetProperty("stateBytes").GetInt64() / options.Series,
            WindowSeconds = (Seconds(end) - Seconds(learnt)) / options.LiveSlots,
            OutageFound = [told, rows.OutageSeries],
            FalseAlerts = others,
            StoredBytesPerSeries = (double)StoredBytes(server.DataFolder) / options.Series,
            RestartSeconds = 0,
        };
    }

    private void WriteRule(string rules, DateOnly holiday)
    {
        File.WriteAllText(
            Path.Combine(rules, "calendars.yaml"),
            string.Create(CultureInfo.InvariantCulture, $"calendars:\n  company:\n    timezone: Asia/Seoul\n    holidays: [{holiday:yyyy-MM-dd}]\n"));
        string rule = string.Create(CultureInfo.InvariantCulture, $"""
            name: requests
            kind: anomaly
            query: {Table}
            by: [component, api]
            metric: sum(requests)
            every: {options.SlotMinutes}m
            lateness: 1s
            learn: {options.Days}d
            calendar: company
            timezone: Asia/Seoul

            """);
        File.WriteAllText(Path.Combine(rules, "requests.yaml"), rule);
    }

    // A source that is silent for a minute no longer holds time back: one row now and then does.
    private async Task LearnAsync(ServerUnderTest server, DateTimeOffset keepTimeAt)
    {
        byte[] row = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"timestamp\":\"{keepTimeAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z\",\"component\":\"component-00\",\"api\":\"/v1/things/000\",\"requests\":0}}\n"));
        int looks = 0;
        for (long from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < s_longestWait;)
        {
            if (looks++ % LooksPerRow == 0)
            {
                await server.IngestAsync(row, Table);
            }

            await Task.Delay(TimeSpan.FromSeconds(RuleLookSeconds));
            _peakMb = Math.Max(_peakMb, server.ResidentMb);
            if (await server.TryGetJsonAsync("/api/rules") is { } rules && rules.GetProperty("rules").GetArrayLength() == 1 &&
                Find(rules) is var rule && rule.GetProperty("state").GetString() is not ("learning" or "pending") &&
                rule.GetProperty("series").GetInt64() > 0)
            {
                return;
            }
        }

        throw new InvalidOperationException("the rule has not learnt in a quarter of an hour");
    }

    // The last slot but one is the outage's; the row after the last lets its window end.
    private async Task SendLiveAsync(ServerUnderTest server, SeriesRows rows, DateTimeOffset live)
    {
        var body = new LineWriter();
        for (int slot = 0; slot <= options.LiveSlots; slot++)
        {
            body.Clear();
            rows.Write(live + (_slot * slot), isOutage: slot == options.LiveSlots - 1, body);
            await server.IngestAsync(body.Written.ToArray(), Table);
            string end = (live + (_slot * slot)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            for (long from = Stopwatch.GetTimestamp(); !await IsEvaluatedAsync(server, end);)
            {
                await Task.Delay(TimeSpan.FromSeconds(RuleLookSeconds));
                if (Stopwatch.GetElapsedTime(from) > s_longestWindow)
                {
                    throw new InvalidOperationException($"the window to {end} was not judged in a minute");
                }
            }

            Note($"slot {slot + 1} of {options.LiveSlots + 1}, {server.ResidentMb:0} MB");
        }
    }

    private static async Task<bool> IsEvaluatedAsync(ServerUnderTest server, string end) =>
        (await RuleAsync(server)).GetProperty("lastEvaluated").GetString() is { } evaluated && string.CompareOrdinal(evaluated, end) >= 0;

    private static async Task<(int Told, int Others)> ToldAsync(ServerUnderTest server)
    {
        await Task.Delay(s_settle);
        (Answers.Answer answer, _) = await server.QueryAsync(
            """
            Alerts
            | where state == 'firing'
            | summarize by api = tostring(key.api), component = toint(substring(tostring(key.component), 10))
            | summarize out = countif(api endswith '000' and component % 2 == 0), all = count()
            """);
        long told = answer.Rows[0][0].GetInt64();
        return ((int)told, (int)(answer.Rows[0][1].GetInt64() - told));
    }

    private async Task<double> RestartAsync(string data, string rules, DateTimeOffset live)
    {
        long started = Stopwatch.GetTimestamp();
        using ServerUnderTest server = await ServerUnderTest.StartAsync(data, "--rules", rules);
        await LearnAsync(server, live + (_slot * options.LiveSlots));
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<JsonElement> RuleAsync(ServerUnderTest server) => Find((await server.TryGetJsonAsync("/api/rules"))!.Value);

    private static JsonElement Find(JsonElement rules) => rules.GetProperty("rules")[0];

    private static double Seconds(JsonElement rule) => rule.GetProperty("evaluationSeconds").GetDouble();

    private static long StoredBytes(string data) => Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(data, file).Contains("stream-", StringComparison.Ordinal))
        .Sum(file => new FileInfo(file).Length);

    private static void Note(FormattableString text) => Console.Error.WriteLine(FormattableString.Invariant(text));
}
