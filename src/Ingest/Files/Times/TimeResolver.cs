using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Files.Times;

/// <summary>Turns a time as written into an instant: adds the zone, the year or the day that the line leaves
/// out.</summary>
/// <remarks>
/// Without a zone: the zone given. Without a year: the latest year that does not put it in the future. Without a day:
/// the latest day
/// likewise. In the hour that a clock set back repeats, times go on from the line before. One per stream of lines; not
/// thread-safe.
/// </remarks>
internal sealed class TimeResolver
{
    private readonly TimeZoneInfo _zone;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _ahead;

    /// <summary>A resolver.</summary>
    /// <param name="zone">Zone of times that name none.</param>
    /// <param name="clock">Says what is in the future.</param>
    /// <param name="ahead">How far a sender's clock may run ahead before its yearless time is taken for last
    /// year's.</param>
    public TimeResolver(TimeZoneInfo zone, TimeProvider clock, TimeSpan ahead = default)
    {
        _zone = zone;
        _clock = clock;
        _ahead = ahead;
    }

    /// <summary>The instant of the last line that had one; null at the beginning.</summary>
    public EventTime? Last { get; set; }

    /// <summary>What a time of day alone counts back from; null for now. A file sets its last write here.</summary>
    public long? ReferenceTicks { get; set; }

    /// <summary>The instant, and remembers it as <see cref="Last"/>.</summary>
    public EventTime Resolve(in ScannedTime time)
    {
        EventTime resolved = time.HasDay ? ResolveDay(time) : ResolveTimeOfDay(time);
        Last = resolved;
        return resolved;
    }

    private EventTime ResolveDay(in ScannedTime time)
    {
        if (time.Year != 0)
        {
            return At(time, time.Year);
        }

        long limit = _clock.GetUtcNow().Ticks + _ahead.Ticks;
        int year = new DateTime(limit).Year + 1;
        while (year > 1900)
        {
            if (time.Day <= DateTime.DaysInMonth(year, time.Month))
            {
                EventTime at = At(time, year);
                if (at.Ticks <= limit)
                {
                    return at;
                }
            }

            year--;
        }

        return At(time, 2000);
    }

    private EventTime ResolveTimeOfDay(in ScannedTime time)
    {
        long limit = ReferenceTicks ?? _clock.GetUtcNow().Ticks;
        DateTime local = ToLocal(limit);
        ScannedTime dated = time;
        for (int daysBack = 0; daysBack <= 1; daysBack++)
        {
            DateTime day = local.Date.AddDays(-daysBack);
            (dated.Month, dated.Day) = (day.Month, day.Day);
            EventTime at = At(dated, day.Year);

            // The file's last write may be told to the second only.
            if (at.Ticks <= limit + TimeSpan.TicksPerSecond)
            {
                return at;
            }
        }

        return At(dated, dated.Year == 0 ? local.Year : dated.Year);
    }

    private DateTime ToLocal(long utcTicks) => new(utcTicks + _zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks);

    private EventTime At(in ScannedTime time, int year)
    {
        long ticks = new DateTime(year, time.Month, time.Day, time.Hour, time.Minute, Math.Min(time.Second, 59)).Ticks;
        ticks += time.Second == 60 ? TimeSpan.TicksPerSecond : 0;
        ticks += time.Nanoseconds / 100;
        ticks -= time.HasOffset
            ? time.OffsetMinutes * TimeSpan.TicksPerMinute
            : OffsetTicks(new DateTime(ticks, DateTimeKind.Unspecified), ticks);
        return new EventTime(ticks, time.Nanoseconds % 100);
    }

    private long OffsetTicks(DateTime local, long localTicks)
    {
        if (_zone.IsAmbiguousTime(local))
        {
            // The hour comes twice: the first time with the larger offset. Behind a later line it must be the second.
            long[] offsets = Array.ConvertAll(_zone.GetAmbiguousTimeOffsets(local), offset => offset.Ticks);
            long first = Math.Max(offsets[0], offsets[1]);
            return Last is { } last && localTicks - first < last.Ticks ? Math.Min(offsets[0], offsets[1]) : first;
        }

        // In the hour that is left out, the clock was not set yet: the offset before it.
        return _zone.IsInvalidTime(local) ? _zone.GetUtcOffset(local.AddHours(-1)).Ticks : _zone.GetUtcOffset(local).Ticks;
    }
}
