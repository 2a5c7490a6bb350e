using System.Globalization;
using Bongsu.Core.Calendars;
using Bongsu.Core.Collections;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Rules;

/// <summary>Reads <c>calendars.yaml</c>: <c>calendars:</c> with a mapping of names.</summary>
internal static class CalendarFile
{
    /// <summary>Its name in the rules folder.</summary>
    public const string FileName = "calendars.yaml";

    /// <summary>The calendar that needs no file: Korean holidays, Korean time.</summary>
    public const string Korea = "korea";

    /// <summary>The calendars of the file; what is wrong goes to <paramref name="errors"/>.</summary>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="text">Its content.</param>
    /// <param name="errors">Added to.</param>
    public static List<CalendarDefinition> Read(string file, string text, List<RuleError> errors)
    {
        var calendars = new List<CalendarDefinition>();
        try
        {
            foreach (YamlDocument document in YamlSection.Documents(file, text))
            {
                var root = new YamlSection(file, document.RootNode, "the file");
                YamlNode list = root.Find("calendars") ?? throw root.Error(document.RootNode, "'calendars' is missing");
                root.RequireAllKnown();
                var byName = new YamlSection(file, list, "'calendars'");
                foreach (string name in byName.Keys)
                {
                    calendars.Add(ReadCalendar(file, name, byName.Find(name)!));
                }
            }
        }
        catch (RuleException exception)
        {
            errors.Add(exception.Error);
        }

        return calendars;
    }

    /// <summary>The time zone of an IANA id, or null.</summary>
    public static TimeZoneInfo? FindTimeZone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone : null;

    private static CalendarDefinition ReadCalendar(string file, string name, YamlNode node)
    {
        var section = new YamlSection(file, node, $"calendar '{name}'");
        YamlScalarNode? country = section.Text("country");
        YamlScalarNode? zone = section.Text("timezone");
        YamlScalarNode? workersDay = section.Text("workers_day");
        YamlNode? holidays = section.Find("holidays");
        YamlNode? workdays = section.Find("workdays");
        YamlNode? freezes = section.Find("freezes");
        section.RequireAllKnown();
        if (name == Korea)
        {
            throw section.Error(node, $"the calendar '{Korea}' is built in; choose another name, with 'country: {Korea}'");
        }

        if (country is not null and not { Value: Korea })
        {
            throw section.Error(country, $"'country' is '{country.Value}', known is {Korea}", NearestName.Find(country.Value!, [Korea]));
        }

        return new CalendarDefinition
        {
            Name = name,
            HasKoreanHolidays = country is not null,
            TimeZone = ReadZone(section, zone, country is not null),
            HasWorkersDay = workersDay is null || ReadTruth(section, workersDay),
            Holidays = ReadSpans(file, holidays),
            Workdays = ReadSpans(file, workdays),
            Freezes = ReadSpans(file, freezes),
        };
    }

    private static TimeZoneInfo ReadZone(YamlSection section, YamlScalarNode? zone, bool isKorean)
    {
        string id = zone?.Value ?? (isKorean ? "Asia/Seoul" : "UTC");
        return FindTimeZone(id)
            ?? throw section.Error(zone!, $"the time zone '{id}' is not known here, expected one such as Asia/Seoul or Europe/Berlin");
    }

    private static bool ReadTruth(YamlSection section, YamlScalarNode text) => bool.TryParse(text.Value, out bool truth)
        ? truth
        : throw section.Error(text, $"'{text.Value}' must be true or false");

    private static ValueList<CalendarSpan> ReadSpans(string file, YamlNode? list) => list switch
    {
        null => [],
        YamlSequenceNode sequence => [.. sequence.Select(item => ReadSpan(file, item))],
        var other => throw YamlSection.Error(
            file, other, "expected a list of dates, or of spans such as { from: 2026-12-28, to: 2026-12-31, name: … }"),
    };

    private static CalendarSpan ReadSpan(string file, YamlNode node)
    {
        if (node is YamlScalarNode single)
        {
            DateOnly date = ReadDate(file, single);
            return new CalendarSpan(date, date);
        }

        YamlSection span = new(file, node, "a span of dates");
        YamlScalarNode first = span.RequiredText("from");
        YamlScalarNode last = span.Text("to") ?? first;
        string name = span.Text("name")?.Value ?? "";
        span.RequireAllKnown();
        var read = new CalendarSpan(ReadDate(file, first), ReadDate(file, last), name);
        return read.Last >= read.First
            ? read
            : throw YamlSection.Error(file, last, $"the span ends on {last.Value}, before it begins on {first.Value}");
    }

    private static DateOnly ReadDate(string file, YamlScalarNode text) =>
        DateOnly.TryParseExact(text.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw YamlSection.Error(file, text, $"'{text.Value}' is no date, expected one such as 2026-09-25");
}
