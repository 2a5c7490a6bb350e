using Bongsu.Alert;
using Bongsu.Alert.Alerts;
using Bongsu.Alert.Channels;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store;
using Bongsu.Stream;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert;

/// <summary>A real store with the alert engine on it, a clock set by hand, and a rules folder.</summary>
internal sealed class AlertTestBed : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _rules = new();

    private Func<AlertOptions, AlertOptions> _change = options => options;

    private AlertTestBed(Database database, ManualTime time)
    {
        Database = database;
        Time = time;
    }

    public Database Database { get; private set; }

    public ManualTime Time { get; }

    public AlertEngine Engine { get; private set; } = null!;

    public List<string> Notices { get; } = [];

    public string RulesFolder => _rules.Path;

    /// <summary>Every alert, oldest first.</summary>
    public AlertView[] Alerts => [.. Engine.Alerts(new AlertFilter { Limit = 10_000 }).Reverse()];

    public static Task<AlertTestBed> CreateAsync(params (string File, string Text)[] rules) => CreateAsync(options => options, rules);

    public static async Task<AlertTestBed> CreateAsync(Func<AlertOptions, AlertOptions> change, params (string File, string Text)[] rules)
    {
        var time = new ManualTime();
        var bed = new AlertTestBed(null!, time) { _change = change };
        foreach ((string file, string text) in rules)
        {
            bed._rules.Write(file, text);
        }

        await bed.OpenAsync();
        return bed;
    }

    public void WriteRule(string file, string text) => _rules.Write(file, text);

    public void DeleteRule(string file) => File.Delete(Path.Combine(_rules.Path, file));

    /// <summary>Stops everything and starts it again.</summary>
    public async Task RestartAsync(bool withCheckpoint)
    {
        await Engine.StopAsync(withCheckpoint);
        await Database.DisposeAsync();
        await OpenAsync();
    }

    public async Task AppendAsync(string source, params LogRow[] rows)
    {
        var timestamps = new FixedVectorBuilder<long>(ScalarType.DateTime);
        var services = new StringVectorBuilder();
        var levels = new StringVectorBuilder();
        var durations = new FixedVectorBuilder<double>(ScalarType.Real);
        foreach (LogRow row in rows)
        {
            timestamps.Append(StreamTestBed.Ticks(row.Seconds));
            services.Append(row.Service);
            levels.Append(row.Level);
            durations.Append(row.Ms);
        }

        List<Column> columns =
        [
            new("timestamp", ScalarType.DateTime), new("service", ScalarType.String),
            new("level", ScalarType.String), new("ms", ScalarType.Real),
        ];
        List<Vector> vectors = [timestamps.Build(), services.Build(), levels.Build(), durations.Build()];
        if (rows.Any(row => row.Message is not null))
        {
            var messages = new StringVectorBuilder();
            Array.ForEach(rows, row => messages.Append(row.Message ?? ""));
            columns.Add(new Column("message", ScalarType.String));
            vectors.Add(messages.Build());
        }

        var batch = new Batch(new Schema([.. columns]), [.. vectors], rows.Length);
        await Database.GetOrCreateTable("default", "logs").AppendAsync(batch, new AppendOptions { SourceId = source }, CancellationToken.None);
    }

    /// <summary>Rows of one second, now, and lets them pass the rules.</summary>
    public async Task SecondAsync(int errors, string service = "pay")
    {
        double now = (Time.GetUtcNow().UtcTicks - StreamTestBed.Start.Ticks) / (double)TimeSpan.TicksPerSecond;
        var rows = new List<LogRow> { new(now, "other", "info") };
        for (int error = 0; error < errors; error++)
        {
            rows.Add(new LogRow(now, service));
        }

        await AppendAsync("host1", [.. rows]);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Engine.DrainAsync();
    }

    /// <summary>Lets rules with bands learn what they have to learn; the clock goes on by seconds where windows must end first.</summary>
    public async Task LearnAsync()
    {
        await Engine.DrainAsync();
        await Engine.LearnAsync();
        for (int look = 0; Engine.Rules.Any(rule => rule.State == "learning"); look++)
        {
            Xunit.Assert.True(look < 100, "a rule does not learn: " + string.Join('\n', Notices));
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Engine.DrainAsync();
            await Engine.LearnAsync();
        }
    }

    /// <summary>Silence.</summary>
    public async Task SilenceAsync(int seconds, int stepSeconds = 5)
    {
        for (int passed = 0; passed < seconds; passed += stepSeconds)
        {
            Time.Advance(TimeSpan.FromSeconds(stepSeconds));
            await Engine.DrainAsync();
        }
    }

    public string[] Query(string text)
    {
        var tables = new TenantTables(Database, "default");
        BoundQuery query = KqlCompiler.Compile(text, tables, new CompileOptions { NowTicks = Time.GetUtcNow().UtcTicks });
        return [.. QueryEngine.Execute(query, tables, QueryLimits.Default, CancellationToken.None).Batches().SelectMany(StreamTestBed.Lines)];
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Database.DisposeAsync();
        _data.Dispose();
        _rules.Dispose();
    }

    private async Task OpenAsync()
    {
        Database = await Database.OpenAsync(
            new StoreOptions { DataDirectory = _data.Path, Background = false }, Time, CancellationToken.None);
        var options = new AlertOptions
        {
            RulesDirectory = _rules.Path,
            ReloadInterval = TimeSpan.FromHours(1),
            WebAddress = "http://127.0.0.1:7600",
            Stream = new StreamOptions { CheckpointInterval = TimeSpan.FromSeconds(7) },
            Notice = (level, text, exception) =>
            {
                lock (Notices)
                {
                    Notices.Add($"{level}: {text} {exception}");
                }
            },
        };
        var retries = new RetryPolicy { FirstDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(100) };
        Engine = await AlertEngine.StartAsync(_change(options), Database, Time, retries, CancellationToken.None);
    }
}
