using System.Globalization;
using Bongsu.Server.Configuration;

namespace Bongsu.Server.Cli;

/// <summary>Times on the command line: ISO 8601, or back from now such as <c>-15m</c>, <c>-1d</c>.</summary>
internal static class TimeArgument
{
    /// <summary>The time an argument means.</summary>
    /// <exception cref="SettingsException">The text is no time.</exception>
    public static DateTimeOffset Resolve(string text, TimeProvider time)
    {
        if (text == "now")
        {
            return time.GetUtcNow();
        }

        if (text.StartsWith('-') && TryParseDuration(text[1..], out TimeSpan back))
        {
            return time.GetUtcNow() - back;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            ? at
            : throw new SettingsException($"'{text}' is no time: expected 2026-11-21T09:00:00Z, or back from now such as -1h, -7d");
    }

    /// <summary>Reads a duration such as <c>90s</c>, <c>15m</c>, <c>36h</c>, <c>30d</c>.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2 ||
            !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            return false;
        }

        double seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 604800, _ => 0 };
        duration = TimeSpan.FromSeconds(Math.Min(number * seconds, TimeSpan.MaxValue.TotalSeconds / 2));
        return seconds > 0;
    }
}
