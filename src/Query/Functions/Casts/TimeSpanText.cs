using System.Buffers;
using System.Globalization;

namespace Bongsu.Query.Functions.Casts;

/// <summary>Reads durations: <c>[-][d.]hh:mm[:ss[.fffffff]]</c>, a number with a unit (<c>1.5h</c>), or a number of
/// days.</summary>
internal static class TimeSpanText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        Span<char> chars = stackalloc char[64];
        text = text.Trim(" \t\r\n"u8);
        ticks = 0;
        return text.Length <= chars.Length
            && System.Text.Ascii.ToUtf16(text, chars, out int written) == OperationStatus.Done
            && TryParse(chars[..written], out ticks);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out long ticks)
    {
        text = text.Trim();
        if (text.Contains(':'))
        {
            // "24:00:00" and above are refused by TimeSpan, whose days have their own place.
            bool isSpan = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span);
            ticks = span.Ticks;
            return isSpan;
        }

        int digits = text.LastIndexOfAnyInRange('0', '9') + 1;
        ticks = 0;
        long unit = UnitTicks(text[digits..].Trim());
        if (unit == 0 || !decimal.TryParse(text[..digits], NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }

        // The product of two numbers below 2^63 fits a decimal.
        if (Math.Abs(number) > long.MaxValue || Math.Abs(number * unit) > long.MaxValue)
        {
            return false;
        }

        ticks = (long)(number * unit);
        return true;
    }

    /// <summary>Ticks of a unit as KQL's literals write it; days for none; 0 where unknown.</summary>
    public static long UnitTicks(ReadOnlySpan<char> unit) => unit switch
    {
        "" or "d" or "day" or "days" => Ticks.PerDay,
        "h" or "hr" or "hrs" or "hour" or "hours" => Ticks.PerHour,
        "m" or "min" or "minute" or "minutes" => Ticks.PerMinute,
        "s" or "sec" or "second" or "seconds" => Ticks.PerSecond,
        "ms" or "milli" or "millis" or "millisec" or "millisecond" or "milliseconds" => Ticks.PerMillisecond,
        "micro" or "micros" or "microsec" or "microsecond" or "microseconds" => Ticks.PerMicrosecond,
        "tick" or "ticks" => 1,
        _ => 0,
    };
}
