using Bongsu.Alert.Judges;
using Bongsu.Stream.Windows;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>anomaly</c>: a value outside the band learnt from the key's past.</summary>
internal sealed class AnomalyKind() : KindReader(
    "anomaly", RuleKind.Anomaly, "by", "metric", "sensitivity", "direction", "season", "calendar", "learn", "timezone", "method", "threshold")
{
    private static readonly TimeSpan s_defaultSlot = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_defaultLearn = TimeSpan.FromDays(28);

    public override KindParts Read(RuleFields fields)
    {
        QuerySource? metric = fields.Aggregate("metric");
        bool isCount = metric is null || KqlText.IsCount(metric.Text);
        IReadOnlyList<QuerySource> by = fields.By();
        ComposedQuery values = fields.Rows(Name).Then("| summarize value = ");
        values = metric is null ? values.Then("count()") : values.Then(metric).Then("\n");

        // Always true where there is a value; the judge has the condition.
        string condition = isCount ? "\n| where rows >= 0" : "\n| where rows > 0";
        ComposedQuery query = RuleFields.WithBy(values.Then(", rows = count()"), by).Then(condition);
        WindowSpec windows = fields.Tumbling(s_defaultSlot);
        string slot = $"{BandSpec.SlotColumn} = bin(timestamp, {windows.WindowTicks / TimeSpan.TicksPerMillisecond}ms)";
        string history = RuleFields.WithBy(values, by).Then(by.Count == 0 ? $" by {slot}" : $", {slot}").Text;
        string zone = fields.TimeZone();
        return new KindParts(query, windows) { Judge = Band(fields, isCount, zone) with { HistoryQuery = history }, TimeZone = zone };
    }

    private static BandSpec Band(RuleFields fields, bool isCount, string zone)
    {
        Season season = fields.Word(
            "season", Season.Auto, ("auto", Season.Auto), ("none", Season.None), ("day", Season.Day), ("week", Season.Week));
        double? sensitivity = fields.Number("sensitivity");
        if (sensitivity <= 0)
        {
            throw fields.Wrong("sensitivity", "must be more than 0");
        }

        bool isStreamed = fields.Word("method", false, ("band", false), ("stream", true));
        double? threshold = fields.Number("threshold");
        if (threshold is not null && !isStreamed)
        {
            throw fields.Wrong("threshold", "is for 'method: stream'; bands have 'sensitivity'");
        }

        if (threshold is <= 0 or > 1)
        {
            throw fields.Wrong("threshold", "must be above 0, and 1 at most");
        }

        var band = new BandSpec(fields.Direction(Direction.Both), season, fields.Duration("learn") ?? s_defaultLearn)
        {
            Sensitivity = sensitivity,
            Threshold = isStreamed ? threshold ?? BandSpec.DefaultThreshold : null,
            TimeZone = fields.Text("timezone") is null ? null : zone,
            IsZeroWithoutRows = isCount,
        };
        return fields.Part("calendar") is { } byKey
            ? WithCalendars(band, byKey, fields.PlainNames("by"))
            : band with { Calendar = NameOf(fields.Text("calendar")) };
    }

    // calendar: { by: country, of: { kr: korea, us: none }, default: korea }
    private static BandSpec WithCalendars(BandSpec band, YamlSection section, IReadOnlyList<string> keys)
    {
        YamlScalarNode by = section.RequiredText("by");
        IReadOnlyDictionary<string, YamlScalarNode> calendars = section.Texts("of");
        string? others = section.Text("default")?.Value;
        section.RequireAllKnown();
        if (calendars.Count == 0)
        {
            throw section.Error("'of' is missing: values of the column, each with its calendar");
        }

        if (!keys.Contains(by.Value))
        {
            throw section.Error(by, $"'{by.Value}' is no column of the rule's 'by'", NearestName.Find(by.Value!, keys));
        }

        return band with
        {
            Calendar = NameOf(others),
            CalendarBy = by.Value,
            KeyCalendars = [.. calendars.Select(pair => new KeyCalendar(pair.Key, NameOf(pair.Value.Value)))],
        };
    }

    private static string? NameOf(string? calendar) => calendar is "none" or "" ? null : calendar;
}
