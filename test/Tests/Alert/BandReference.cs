using Bongsu.Alert.Bands;
using Bongsu.Alert.Judges;
using Bongsu.Alert.Rules;
using Bongsu.Core.Calendars;
using Bongsu.Tests.Stream;
using Bongsu.Tests.Stream.Events;

namespace Bongsu.Tests.Alert;

/// <summary>How far outside its band each window of a rule's key was, worked out from all rows at once: a model learns the two
/// days before the second midnight of the table, then takes window after window.</summary>
internal sealed class BandReference
{
    private static readonly long s_learntTo = StreamTestBed.Ticks(-86_400);
    private readonly Dictionary<(string Key, long End), double> _scores = [];

    /// <summary>Takes all windows.</summary>
    /// <param name="rule">The rule, by service.</param>
    /// <param name="rows">All rows.</param>
    public BandReference(Rule rule, EventRow[] rows)
    {
        long step = rule.Windows.WindowTicks;
        long last = rule.Windows.EndAtOrBefore(rows.Max(row => row.Ticks)) + step;
        HashSet<long> known = [.. rows.Select(row => rule.Windows.EndAtOrBefore(row.Ticks))];
        foreach (IGrouping<string, EventRow> key in rows.GroupBy(row => row.Service))
        {
            Dictionary<long, EventRow[]> slots = key.GroupBy(row => rule.Windows.EndAtOrBefore(row.Ticks)).ToDictionary(slot => slot.Key, slot => slot.ToArray());
            var history = new List<BandPoint>();
            for (long slot = s_learntTo - ((BandSpec)rule.Judge!).Learn.Ticks; slot < s_learntTo; slot += step)
            {
                double value = ValueOf(rule, slots.GetValueOrDefault(slot));
                if (!double.IsNaN(value) && known.Contains(slot) && (history.Count > 0 || slots.ContainsKey(slot)))
                {
                    history.Add(new BandPoint(slot, value));
                }
            }

            Func<long, double, double> score = Learn((BandSpec)rule.Judge!, TimeSpan.FromTicks(step), [.. history]);
            for (long slot = s_learntTo; slot < last; slot += step)
            {
                _scores.Add((key.Key, slot + step), score(slot, ValueOf(rule, slots.GetValueOrDefault(slot))));
            }
        }
    }

    /// <summary>1 and more is outside.</summary>
    public double ScoreOf(string key, long endTicks) => _scores.GetValueOrDefault((key, endTicks));

    private static double ValueOf(Rule rule, EventRow[]? rows) => ((BandSpec)rule.Judge!).IsZeroWithoutRows
        ? rows?.Length ?? 0
        : rows?.Average(row => row.Ms) ?? double.NaN;

    private static Func<long, double, double> Learn(BandSpec spec, TimeSpan step, BandPoint[] history)
    {
        if (spec.Threshold is { } threshold)
        {
            var detector = new StreamingDetector();
            Array.ForEach(history, point => detector.Score(point.Ticks, point.Value));
            return (ticks, value) => detector.Score(ticks, value) / threshold;
        }

        var model = new BandModel(new BandOptions { Step = step }, new Calendar(new CalendarDefinition { Name = "none", TimeZone = TimeZoneInfo.Utc }));
        model.Learn(history);
        bool isOutside = false;
        return (ticks, value) =>
        {
            model.Judge(ticks, value, out Band band);
            model.Observe(ticks, value, isOutside && band.Score >= 1 ? PointUse.Alerting : PointUse.Train);
            isOutside = band.Score >= 1;
            return band.Score;
        };
    }
}
