using System.Globalization;
using System.Text;
using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Functions.Time;

/// <summary>The format of <c>format_datetime()</c> or <c>format_timespan()</c>, taken apart once.</summary>
/// <remarks>Runs of y M d H h m s f F t are fields, a few marks separate them; anything else is an error.</remarks>
internal sealed class TimeFormat
{
    private readonly List<(char Field, int Count)> _pieces = [];

    /// <summary>Takes a format apart.</summary>
    /// <param name="function">For the error.</param>
    /// <param name="format">For instance <c>yyyy-MM-dd HH:mm:ss.fff</c>.</param>
    /// <param name="fields">The letters that are fields.</param>
    public TimeFormat(string function, string format, string fields)
    {
        for (int start = 0; start < format.Length;)
        {
            char letter = format[start];
            int end = start + 1;
            while (end < format.Length && format[end] == letter)
            {
                end++;
            }

            bool isField = fields.Contains(letter, StringComparison.Ordinal);
            if (!isField && !" /-:,._[]".Contains(letter, StringComparison.Ordinal))
            {
                throw new FunctionException($"{function}(): '{letter}' in '{format}' is neither one of {fields} nor one of ' /-:,._[]'", 1);
            }

            if (isField && end - start > MaxCount(letter))
            {
                throw new FunctionException(
                    $"{function}(): '{format[start..end]}' in '{format}' is too long; at most {MaxCount(letter)} are allowed", 1);
            }

            _pieces.Add((letter, end - start));
            start = end;
        }
    }

    /// <summary>Prints a datetime.</summary>
    public string FormatDateTime(long ticks)
    {
        var time = new DateTime(ticks);
        var text = new StringBuilder();
        foreach ((char field, int count) in _pieces)
        {
            switch (field)
            {
                case 'y':
                    text.Append((count <= 2 ? time.Year % 100 : time.Year).ToString($"D{count}", CultureInfo.InvariantCulture));
                    break;
                case 'M':
                    text.Append(count > 2 ? time.ToString(new string('M', count), CultureInfo.InvariantCulture) : Digits(time.Month, count));
                    break;
                case 'd':
                    text.Append(count > 2 ? time.ToString(new string('d', count), CultureInfo.InvariantCulture) : Digits(time.Day, count));
                    break;
                case 't':
                    text.Append((time.Hour < 12 ? "AM" : "PM")[..count]);
                    break;
                case 'h':
                    text.Append(Digits((time.Hour + 11) % 12 + 1, count));
                    break;
                default:
                    AppendClock(text, field, count, ticks);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Prints a timespan; the sign is the caller's affair.</summary>
    public string FormatTimeSpan(long ticks)
    {
        var text = new StringBuilder();
        foreach ((char field, int count) in _pieces)
        {
            if (field == 'd')
            {
                text.Append((ticks / Ticks.PerDay).ToString($"D{count}", CultureInfo.InvariantCulture));
            }
            else
            {
                AppendClock(text, field == 'h' ? 'H' : field, count, ticks);
            }
        }

        return text.ToString();
    }

    private static int MaxCount(char field) => field switch
    {
        'd' => 8,
        'y' or 'M' => 4,
        'f' or 'F' => 7,
        _ => 2,
    };

    private static string Digits(long value, int count) => value.ToString($"D{count}", CultureInfo.InvariantCulture);

    private static void AppendClock(StringBuilder text, char field, int count, long ticks)
    {
        switch (field)
        {
            case 'H':
                text.Append(Digits(ticks / Ticks.PerHour % 24, count));
                break;
            case 'm':
                text.Append(Digits(ticks / Ticks.PerMinute % 60, count));
                break;
            case 's':
                text.Append(Digits(ticks / Ticks.PerSecond % 60, count));
                break;
            case 'f':
                text.Append(Digits(ticks % Ticks.PerSecond, 7)[..count]);
                break;
            case 'F':
                text.Append(Digits(ticks % Ticks.PerSecond, 7)[..count].TrimEnd('0'));
                break;
            default:
                text.Append(field, count);
                break;
        }
    }
}
