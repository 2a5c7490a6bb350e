using System.Globalization;
using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Protocols.Ndjson;
using Bongsu.Query.Kql;
using Bongsu.Store;

namespace Bongsu.Server.Packs;

/// <summary>Runs tests of rules: their rows go through the real decoder, store and stream of a store of its own, by event
/// time.</summary>
internal sealed class RuleTestRunner : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Database _database;
    private readonly TimeProvider _time;
    private int _cases;

    private RuleTestRunner(string folder, Database database, TimeProvider time)
    {
        _folder = folder;
        _database = database;
        _time = time;
    }

    /// <summary>Opens a store in a temporary folder.</summary>
    public static async Task<RuleTestRunner> OpenAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("bongsu-rules-").FullName;
        var options = new StoreOptions { DataDirectory = folder, Background = false };
        return new RuleTestRunner(folder, await Database.OpenAsync(options, time, cancellationToken), time);
    }

    /// <summary>The files of tests in a folder, or the one of a rule file.</summary>
    public static IEnumerable<string> FilesOf(string path)
    {
        if (Directory.Exists(path))
        {
            return Directory.EnumerateFiles(path, "*" + RuleTestFile.Suffix, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        }

        string file = Path.ChangeExtension(path, null) + RuleTestFile.Suffix;
        return File.Exists(file) ? [file] : [];
    }

    /// <summary>Runs the tests of a file against the rules beside it.</summary>
    /// <returns>For each test, what differs from what is expected.</returns>
    public async Task<IReadOnlyList<(string Test, IReadOnlyList<string> Differences)>> RunFileAsync(
        string file, CancellationToken cancellationToken)
    {
        string rulesFile = file[..^RuleTestFile.Suffix.Length] + ".yaml";
        if (!File.Exists(rulesFile))
        {
            return [(Path.GetFileName(file), [$"there is no {Path.GetFileName(rulesFile)} beside it"])];
        }

        RuleSet rules = RuleSet.Load(rulesFile, EmptyCatalog.Instance, _time.GetUtcNow().UtcTicks, _ => "");
        var errors = new List<RuleError>(rules.Errors);
        IReadOnlyList<RuleTestCase> cases = RuleTestFile.Read(
            Path.GetFileName(file), await File.ReadAllTextAsync(file, cancellationToken), errors);
        if (errors.Count > 0)
        {
            return [(Path.GetFileName(file), [.. errors.Select(error => error.ToString())])];
        }

        var results = new List<(string, IReadOnlyList<string>)>();
        foreach (RuleTestCase test in cases)
        {
            results.Add(($"{test.Name} (line {test.Line})", await RunAsync(rules.Rules, test, cancellationToken)));
        }

        return results;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<Rule> rules, RuleTestCase test, CancellationToken cancellationToken)
    {
        string tenant = string.Create(CultureInfo.InvariantCulture, $"case{++_cases}"); // each has tables of its own
        DecodedBatch rows = NdjsonDecoder.Decode(test.Rows.Span, new DecodeOptions { ReceivedTicks = _time.GetUtcNow().UtcTicks });
        if (rows.RejectedCount > 0)
        {
            return [$"a row was refused: {rows.Rejects[0].Error}"];
        }

        if (rows.Batch is { RowCount: > 0 } batch)
        {
            await _database.GetOrCreateTable(tenant, test.Table).AppendAsync(batch, new AppendOptions(), cancellationToken);
        }

        long rest = test.HasEnd ? 0 : rules.Max(rule => rule.Windows.WindowTicks + (2 * rule.Windows.EveryTicks) + rule.KeepFiringFor.Ticks);
        var options = new BacktestOptions { FromTicks = test.FromTicks, ToTicks = test.LastTicks + rest, ByEventTime = true };
        IReadOnlyList<BacktestReport> reports = RuleBacktest.Run(rules, _database, tenant, options, _time, cancellationToken);
        return [.. Errors(reports, test), .. Differences(reports, test)];
    }

    // A rule whose columns none of the rows has cannot run; where nothing is expected of it, that is as it should be.
    private static IEnumerable<string> Errors(IReadOnlyList<BacktestReport> reports, RuleTestCase test) => reports
        .Where(report => report.Error is not null && test.Alerts.Any(alert => alert.Rule is null || alert.Rule == report.Rule))
        .Select(report => $"{report.Rule} did not run: {report.Error}");

    private static IEnumerable<string> Differences(IReadOnlyList<BacktestReport> reports, RuleTestCase test)
    {
        List<AlertView> told = [.. reports.SelectMany(report => report.Alerts)];
        foreach (ExpectedAlert expected in test.Alerts)
        {
            int found = told.FindIndex(alert => Meets(alert, expected, test.StartTicks));
            if (found < 0)
            {
                yield return $"missing: {expected}";
            }
            else
            {
                told.RemoveAt(found);
            }
        }

        foreach (AlertView alert in told)
        {
            string resolved = alert.ResolvedAt is { } at ? $", resolved at {Offset(at, test.StartTicks)}" : "";
            yield return $"not expected: {alert.Rule} {alert.Key.ToJsonString()} at {Offset(alert.StartedAt, test.StartTicks)}{resolved}";
        }
    }

    private static bool Meets(AlertView alert, ExpectedAlert expected, long startTicks) =>
        (expected.Rule is null || expected.Rule == alert.Rule) &&
        expected.Key.All(pair => alert.Key[pair.Key]?.ToString() == pair.Value) &&
        (expected.At is not { } at || at == Offset(alert.StartedAt, startTicks)) &&
        (expected.Resolved is not { } resolved || (alert.ResolvedAt is { } over && resolved == Offset(over, startTicks)));

    private static TimeSpan Offset(string time, long startTicks) => DateTimeOffset.Parse(
        time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime - new DateTime(startTicks, DateTimeKind.Utc);
}
