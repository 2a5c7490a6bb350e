using Bongsu.Alert.Judges;
using Bongsu.Alert.Rules;
using Bongsu.Stream.Events;
using Bongsu.Tests.Stream.Events;

namespace Bongsu.Tests.Alert;

/// <summary>Which keys of a rule fire in a window, worked out from all rows at once, by what the guide says of its
/// kind.</summary>
/// <remarks>Rules are over service, level and ms; their key is the service, or there is none.</remarks>
internal sealed class RuleReference
{
    private readonly Rule _rule;
    private readonly EventRow[] _rows;
    private readonly long _beginTicks;
    private readonly BandReference? _bands;

    /// <summary>A reference over rows.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="rows">All live rows in the order they came.</param>
    /// <param name="beginTicks">Earliest row of the first batch: where the rule has its place in time.</param>
    public RuleReference(Rule rule, IEnumerable<EventRow> rows, long beginTicks)
    {
        _rule = rule;
        _rows = [.. rows.Where(Passes).OrderBy(row => row.Ticks)];
        _beginTicks = rule.Windows.EndAtOrBefore(beginTicks);
        _bands = rule.Kind == RuleKind.Anomaly ? new BandReference(rule, _rows) : null;
    }

    /// <summary>Whether a value is so near the edge of its band that it depends on what was learnt from: a late row changes a
    /// value after that.</summary>
    public bool IsUnclear(string key, long endTicks) => _bands?.ScoreOf(key, endTicks) is > 0.7 and < 1.4;

    /// <summary>Keys that fire in the window that ends then.</summary>
    public string[] Firing(long endTicks)
    {
        if (_rule.Events is { } events)
        {
            string[] lines = EventReference.Lines(Marked(events), _rows, _beginTicks, endTicks - _rule.Windows.EveryTicks, endTicks);
            int columns = events.By.Count + (_rule.Kind is RuleKind.NewTerm or RuleKind.NewPattern ? 2 : 0);
            return [.. lines.Select(line => string.Join(' ', line.Split(' ').Take(columns))).Select(key => _rule.Kind == RuleKind.NewPattern ? key.Replace("level", "pattern", StringComparison.Ordinal) : key)];
        }

        return [.. Keys().Where(key => Fires(key, endTicks)).Order(StringComparer.Ordinal)];
    }

    // The reference of events knows levels by letters, and a pattern as its level.
    private EventSpec Marked(EventSpec events) => events switch
    {
        SequenceSpec sequence => sequence with { Steps = [.. sequence.Steps.Select(step => step with { Column = Letter(step.Column) })] },
        JobSpec job => job with { StartColumn = Letter(job.StartColumn), EndColumn = job.EndColumn is { } end ? Letter(end) : null },
        NewTermSpec terms => terms with { Terms = [["level"]] },
        _ => events,
    };

    private string Letter(string column)
    {
        string condition = _rule.StreamQuery.Split(column + " = (")[1];
        return condition.Split('\'')[1] switch { "warn" => "a", "error" => "b", _ => "c" };
    }

    private IEnumerable<string> Keys() => IsPatternRate
        ? _rows.Select(row => $"{row.Level} {row.Service}").Distinct()
        : _rule.StreamQuery.Contains("by service", StringComparison.Ordinal) ? _rows.Select(row => row.Service).Distinct() : [""];

    private bool IsPatternRate => _rule.Kind == RuleKind.PatternRate;

    private bool Fires(string key, long end)
    {
        if (_bands is not null)
        {
            return _bands.ScoreOf(key, end) >= 1;
        }

        EventRow[] of = [.. _rows.Where(row => key.Length == 0 || key == row.Service || key == $"{row.Level} {row.Service}")];
        EventRow[] rows = In(of, end);
        EventRow[] before = In(of, end - _rule.Windows.WindowTicks);
        return _rule.Kind switch
        {
            RuleKind.Query => rows.Length >= 3,
            RuleKind.Any or RuleKind.Blacklist or RuleKind.Whitelist => rows.Length > 0,
            RuleKind.Cardinality => Levels(rows) > 3 || (Levels(rows) < 2 && rows.Length > 0 && before.Length > 0),
            RuleKind.MetricAggregation => rows.Length >= 2 && rows.Average(row => row.Ms) > 60,
            RuleKind.PercentageMatch => rows.Length >= 3 && 100.0 * rows.Count(row => row.Level == "error") / rows.Length > 50,
            RuleKind.PatternRate when _rule.Judge is null => rows.Length > 3,
            RuleKind.Spike or RuleKind.PatternRate => Spikes(of, rows.Length, before.Length, end),
            RuleKind.SpikeAggregation => Spikes(of, Mean(rows), Mean(before), end),
            _ => throw new NotSupportedException(),
        };
    }

    private bool Spikes(EventRow[] of, double value, double before, long end)
    {
        var spec = (SpikeSpec)_rule.Judge!;
        bool isOld = of.Length > 0 && end >= OldFrom(of[0]);
        bool isUp = spec.Direction != Direction.Down && value >= before * spec.Height && value > before;
        bool isDown = spec.Direction != Direction.Up && value <= before / spec.Height && value < before;
        return (isOld || (spec.TellsNewKeys && of.Length > 0 && end >= OldFrom(_rows[0]))) && (isUp || isDown) && value >= (spec.MinCurrent ?? 0) && before >= (spec.MinBefore ?? 0);
    }

    private long OldFrom(EventRow first) =>
        _rule.Windows.FirstEndOf(_rule.Windows.SlotOf(first.Ticks)) + (2 * _rule.Windows.WindowTicks) - _rule.Windows.EveryTicks;

    private EventRow[] In(EventRow[] rows, long end) => [.. rows.Where(row => row.Ticks >= end - _rule.Windows.WindowTicks && row.Ticks < end)];

    private bool Passes(EventRow row)
    {
        string query = _rule.StreamQuery;
        return (!query.Contains("where level == \"error\"", StringComparison.Ordinal) || row.Level == "error")
            && (!query.Contains("tostring(level) in", StringComparison.Ordinal) || row.Level == "fatal")
            && (!query.Contains("tostring(level) !in", StringComparison.Ordinal) || row.Level is not ("info" or "warn" or "error"));
    }

    private static int Levels(EventRow[] rows) => rows.Select(row => row.Level).Distinct().Count();

    private static double Mean(EventRow[] rows) => rows.Length == 0 ? double.NaN : rows.Average(row => row.Ms);
}
