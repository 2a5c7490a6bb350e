using System.Globalization;
using System.Text.RegularExpressions;

namespace Bongsu.Alert.Rules;

/// <summary>Durations as rule files write them: <c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>1d</c>,
/// <c>00:05:00</c>.</summary>
internal static partial class DurationText
{
    private static readonly string[] s_units = ["d", "h", "m", "s", "ms"];

    /// <summary>Reads a duration; false where the text is none.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, ["c", @"hh\:mm\:ss", @"d\.hh\:mm\:ss"], CultureInfo.InvariantCulture, out duration);
        }

        Match match = Shape().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return false;
        }

        decimal ticks = 0;
        for (int part = 0; part < match.Groups[1].Captures.Count; part++)
        {
            if (!decimal.TryParse(
                match.Groups[1].Captures[part].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
            {
                return false;
            }

            ticks += number * TicksOf(match.Groups[2].Captures[part].Value);
            if (ticks > TimeSpan.MaxValue.Ticks)
            {
                return false;
            }
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>Writes a duration the way files do: the largest unit it is a whole number of.</summary>
    public static string Format(TimeSpan duration)
    {
        string unit = Array.Find(s_units, unit => duration.Ticks > 0 && duration.Ticks % TicksOf(unit) == 0) ?? "ms";
        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)duration.Ticks / TicksOf(unit):0.####}{unit}");
    }

    private static long TicksOf(string unit) => unit switch
    {
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        _ => TimeSpan.TicksPerDay,
    };

    [GeneratedRegex(@"^(?:(\d{1,15}(?:\.\d{1,7})?)(ms|s|m|h|d))+$")]
    private static partial Regex Shape();
}
