using System.Globalization;
using System.Numerics;

namespace Bongsu.Stream.Events;

/// <summary>A cron line of five fields in a time zone: minute, hour, day of month, month, day of week. Immutable.</summary>
/// <remarks>
/// As Vixie's cron(8) has it: where both days are restricted, either will do; a day field that begins with <c>*</c> does not
/// restrict. Where clocks are changed, a line whose minute and hour are both fixed runs once: at the first moment after an
/// hour that is skipped, at the first of two equal times. Other lines follow the clock: skipped times are left out,
/// doubled ones come twice.
/// </remarks>
public sealed class CronSchedule
{
    // A leap day comes after eight years at most, and on a given day of the week after forty.
    private const int MaxDays = 41 * 366;

    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly Field[] s_fields =
    [
        new("minute", 0, 59, []), new("hour", 0, 23, []), new("day of month", 1, 31, []), new("month", 1, 12, s_months),
        new("day of week", 0, 7, s_days),
    ];

    private readonly ulong[] _allowed;
    private readonly bool _needsBothDays;
    private readonly bool _isFixed;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(string[] fields, TimeZoneInfo zone)
    {
        _allowed = [.. fields.Select((text, index) => Bits(text, s_fields[index])!.Value)];
        _allowed[4] |= (_allowed[4] >> 7) & 1; // 7 is Sunday, too
        _needsBothDays = fields[2].StartsWith('*') || fields[4].StartsWith('*');
        _isFixed = !fields[0].StartsWith('*') && !fields[1].StartsWith('*');
        _zone = zone;
    }

    /// <summary>What is wrong with a line; null where nothing is.</summary>
    public static string? FindFault(string cron)
    {
        string[] fields = Split(cron);
        if (fields.Length != s_fields.Length)
        {
            return $"it has {fields.Length} fields, expected 5: minute, hour, day of month, month, day of week";
        }

        for (int index = 0; index < fields.Length; index++)
        {
            Field field = s_fields[index];
            if (fields[index].Split(',').FirstOrDefault(item => ItemBits(item, field) is null) is { } wrong)
            {
                return $"'{wrong}' is no {field.Name}, expected {field.Least} to {field.Most}, "
                    + "*, a range such as 1-5 or steps such as */10";
            }
        }

        return null;
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="ArgumentException">The line is wrong; the message says how.</exception>
    public static CronSchedule Parse(string cron, TimeZoneInfo zone) =>
        FindFault(cron) is { } fault ? throw new ArgumentException(fault) : new CronSchedule(Split(cron), zone);

    /// <summary>The first time after another, both UTC ticks; <see cref="long.MaxValue"/> where there is none.</summary>
    public long NextAfter(long ticks)
    {
        DateTime local = TimeZoneInfo.ConvertTimeFromUtc(new DateTime(ticks, DateTimeKind.Utc), _zone);
        DateTime day = local.Date == DateTime.MinValue ? local.Date : local.Date.AddDays(-1); // clocks may go back over midnight
        for (int days = 0; days < MaxDays && day < DateTime.MaxValue.AddDays(-2).Date; days++, day = day.AddDays(1))
        {
            long next = IsDay(day) ? FirstOf(day, ticks) : long.MaxValue;
            if (next != long.MaxValue)
            {
                // The day after may hold an earlier time where this one's was put off to it.
                return IsDay(day.AddDays(1)) ? Math.Min(next, FirstOf(day.AddDays(1), ticks)) : next;
            }
        }

        return long.MaxValue;
    }

    private static string[] Split(string cron) => cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static ulong? Bits(string text, Field field)
    {
        ulong bits = 0;
        foreach (string item in text.Split(','))
        {
            if (ItemBits(item, field) is not { } more)
            {
                return null;
            }

            bits |= more;
        }

        return bits;
    }

    private static ulong? ItemBits(string item, Field field)
    {
        string[] stepped = item.Split('/');
        int step = 1;
        if (stepped.Length > 2 || (stepped.Length == 2 && !(TryNumber(stepped[1], out step) && step >= 1 && step <= field.Most)))
        {
            return null;
        }

        (int first, int last) = (field.Least, field.Most);
        if (stepped[0] != "*")
        {
            string[] ends = stepped[0].Split('-');
            if (ends.Length > 2 || !field.TryValue(ends[0], out first) || !field.TryValue(ends[^1], out last) || first > last)
            {
                return null;
            }

            last = ends.Length == 1 && stepped.Length == 2 ? field.Most : last;
        }

        ulong bits = 0;
        for (int value = first; value <= last; value += step)
        {
            bits |= 1UL << value;
        }

        return bits;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private bool IsAllowed(int field, int value) => ((_allowed[field] >> value) & 1) != 0;

    private bool IsDay(DateTime day)
    {
        bool isDayOfMonth = IsAllowed(2, day.Day);
        bool isDayOfWeek = IsAllowed(4, (int)day.DayOfWeek);
        return IsAllowed(3, day.Month) && (_needsBothDays ? isDayOfMonth && isDayOfWeek : isDayOfMonth || isDayOfWeek);
    }

    // Times of a day that are written later can come earlier only where clocks are changed, by hours at most.
    private long FirstOf(DateTime day, long afterTicks)
    {
        long first = long.MaxValue;
        long firstLocal = long.MaxValue;
        long from = afterTicks + _zone.GetUtcOffset(new DateTime(afterTicks, DateTimeKind.Utc)).Ticks - (4 * TimeSpan.TicksPerHour);
        for (ulong hours = _allowed[1]; hours != 0; hours &= hours - 1)
        {
            DateTime hour = day.AddHours(BitOperations.TrailingZeroCount(hours));
            if (hour.Ticks + TimeSpan.TicksPerHour < from || (first != long.MaxValue && hour.Ticks > firstLocal + (4 * TimeSpan.TicksPerHour)))
            {
                continue;
            }

            for (ulong minutes = _allowed[0]; minutes != 0; minutes &= minutes - 1)
            {
                DateTime local = hour.AddMinutes(BitOperations.TrailingZeroCount(minutes));
                foreach (long ticks in InUtc(local))
                {
                    if (ticks > afterTicks && ticks < first)
                    {
                        first = ticks;
                        firstLocal = local.Ticks;
                    }
                }
            }
        }

        return first;
    }

    private IEnumerable<long> InUtc(DateTime local)
    {
        if (_zone.IsInvalidTime(local))
        {
            return _isFixed ? [EndOfGap(local)] : [];
        }

        if (_zone.IsAmbiguousTime(local))
        {
            IEnumerable<long> both = _zone.GetAmbiguousTimeOffsets(local).Select(offset => local.Ticks - offset.Ticks).Order();
            return _isFixed ? both.Take(1) : both;
        }

        return [local.Ticks - _zone.GetUtcOffset(local).Ticks];
    }

    // The first minute that exists after a local time that does not.
    private long EndOfGap(DateTime local)
    {
        long invalid = 0;
        long valid = 1;
        while (_zone.IsInvalidTime(local.AddMinutes(valid)))
        {
            invalid = valid;
            valid *= 2;
        }

        while (valid - invalid > 1)
        {
            long middle = (valid + invalid) / 2;
            (invalid, valid) = _zone.IsInvalidTime(local.AddMinutes(middle)) ? (middle, valid) : (invalid, middle);
        }

        DateTime end = local.AddMinutes(valid);
        return end.Ticks - _zone.GetUtcOffset(end).Ticks;
    }

    private sealed record Field(string Name, int Least, int Most, string[] Words)
    {
        public bool TryValue(string text, out int value)
        {
            int word = Array.FindIndex(Words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = word + (Least == 1 ? 1 : 0);
            return word >= 0 || (TryNumber(text, out value) && value >= Least && value <= Most);
        }
    }
}
