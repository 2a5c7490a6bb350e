using Bongsu.Core.Calendars;

namespace Bongsu.Alert.Bands;

/// <summary>How a series departs from its level by kind of day and local time of day, and by how much it scatters.</summary>
/// <remarks>
/// A bin is half an hour, or the step where that is longer. Between the centres of bins that hold several points the profile
/// is a straight line. Fine slots hold what recurs every day at the same minute, such as a job at 03:00. Values are in units
/// of the level where the series is proportional, else in its own unit.
/// </remarks>
internal sealed class SeasonProfile
{
    /// <summary>Kinds of day: <see cref="DayKind"/>.</summary>
    public const int KindCount = 9;

    private const int MaxBinsPerDay = 48;
    private const int MaxFinePerDay = 288;

    private readonly long _stepTicks;
    private readonly long _fineTicks;
    private readonly bool _isInterpolated;

    /// <summary>An empty profile.</summary>
    public SeasonProfile(bool isWeekly, long stepTicks)
    {
        IsWeekly = isWeekly;
        _stepTicks = stepTicks;
        BinsPerDay = (int)Math.Clamp(TimeSpan.TicksPerDay / stepTicks, 1, MaxBinsPerDay);
        FinePerDay = (int)Math.Clamp(TimeSpan.TicksPerDay / stepTicks, 1, MaxFinePerDay);
        BinTicks = (TimeSpan.TicksPerDay + BinsPerDay - 1) / BinsPerDay;
        _fineTicks = (TimeSpan.TicksPerDay + FinePerDay - 1) / FinePerDay;
        _isInterpolated = BinTicks >= 2 * stepTicks;
        RowCount = isWeekly ? KindCount : 3;
        Bins = new float[RowCount * BinsPerDay];
        Scales = new float[(isWeekly ? 2 : 1) * BinsPerDay];
        Visits = new byte[KindCount];
    }

    /// <summary>Whether each day of the week has a profile of its own. Holidays always have.</summary>
    public bool IsWeekly { get; }

    /// <summary>Profiles of a day.</summary>
    public int RowCount { get; }

    /// <summary>Bins of a day.</summary>
    public int BinsPerDay { get; }

    /// <summary>Fine slots of a day.</summary>
    public int FinePerDay { get; }

    /// <summary>Length of a bin.</summary>
    public long BinTicks { get; }

    /// <summary>Points in a bin of one day; 1 at least.</summary>
    public double PointsPerBin => Math.Max(1, (double)BinTicks / _stepTicks);

    /// <summary>Departure from the level, by row and bin.</summary>
    public float[] Bins { get; }

    /// <summary>Standard deviation, by bin; weekends and holidays second, where weekly.</summary>
    public float[] Scales { get; }

    /// <summary>What recurs daily within a bin, by fine slot; null where nothing does.</summary>
    public float[]? Fine { get; set; }

    /// <summary>Days learnt, by kind; no more than 255.</summary>
    public byte[] Visits { get; }

    /// <summary>Bytes it holds.</summary>
    public long SizeBytes =>
        80 + (4 * 24) + (sizeof(float) * (Bins.Length + Scales.Length + (Fine?.Length ?? 0))) + Visits.Length;

    /// <summary>Where a time lies.</summary>
    /// <param name="ticks">The start of the point's slot, in UTC.</param>
    /// <param name="calendar">The rule's calendar.</param>
    public SeasonPlace Find(long ticks, Calendar calendar)
    {
        long local = calendar.ToLocal(ticks + (_stepTicks / 2));
        int day = (int)(local / TimeSpan.TicksPerDay);
        long time = local % TimeSpan.TicksPerDay;
        int kind = KindOf(day, calendar);
        var fine = (ushort)(time / _fineTicks);
        if (!_isInterpolated)
        {
            int bin = (int)(time / BinTicks);
            return new SeasonPlace(BinOf(kind, bin), BinOf(kind, bin), 0, fine, ScaleOf(kind, bin), ScaleOf(kind, bin), (byte)kind, day);
        }

        double position = ((double)time / BinTicks) - 0.5;
        int low = (int)Math.Floor(position);
        int high = low + 1;
        int lowKind = kind;
        int highKind = kind;
        if (low < 0)
        {
            low = BinsPerDay - 1;
            lowKind = KindOf(day - 1, calendar);
        }
        else if (high >= BinsPerDay)
        {
            high = 0;
            highKind = KindOf(day + 1, calendar);
        }

        return new SeasonPlace(
            BinOf(lowKind, low), BinOf(highKind, high), (float)(position - Math.Floor(position)), fine,
            ScaleOf(lowKind, low), ScaleOf(highKind, high), (byte)kind, day);
    }

    /// <summary>The bin whose own half hour a place is in.</summary>
    public int NearestBin(in SeasonPlace place) => !_isInterpolated || place.HighWeight < 0.5f ? place.Low : place.High;

    /// <summary>The scale of the bin whose own half hour a place is in.</summary>
    public int NearestScale(in SeasonPlace place) => !_isInterpolated || place.HighWeight < 0.5f ? place.ScaleLow : place.ScaleHigh;

    /// <summary>Departure from the level at a place, without what recurs daily within the bin.</summary>
    public double CoarseAt(in SeasonPlace place) =>
        Bins[place.Low] + (place.HighWeight * (double)(Bins[place.High] - Bins[place.Low]));

    /// <summary>Departure from the level at a place.</summary>
    public double DepartureAt(in SeasonPlace place) => CoarseAt(place) + (Fine is null ? 0 : Fine[place.Fine]);

    /// <summary>How far the departure may be off around midnight between days of different kinds: there it may be a step as
    /// well as the line that is drawn.</summary>
    public double StepAt(in SeasonPlace place) => place.Low / BinsPerDay == place.High / BinsPerDay
        ? 0
        : Math.Min(place.HighWeight, 1 - place.HighWeight) * Math.Abs(Bins[place.High] - (double)Bins[place.Low]);

    /// <summary>Standard deviation at a place.</summary>
    public double ScaleAt(in SeasonPlace place) =>
        Scales[place.ScaleLow] + (place.HighWeight * (double)(Scales[place.ScaleHigh] - Scales[place.ScaleLow]));

    /// <summary>The profile of a kind of day.</summary>
    public int RowOf(int kind) => IsWeekly ? kind : Math.Max(0, kind - (int)DayKind.Saturday);

    /// <summary>Whether a kind of day is a holiday.</summary>
    public static bool IsHoliday(int kind) => kind >= (int)DayKind.Holiday;

    /// <summary>Moves the rest of a day's profile, from the bin of a place on.</summary>
    /// <param name="place">Where the day has come to.</param>
    /// <param name="factor">By which values are larger.</param>
    /// <param name="shift">By which they are larger after that.</param>
    public void MoveRest(in SeasonPlace place, double factor, double shift)
    {
        int row = RowOf(place.Kind) * BinsPerDay;
        int bin = NearestBin(place) - row;
        foreach (ref float value in Bins.AsSpan(row, BinsPerDay)[Math.Clamp(bin, 0, BinsPerDay)..])
        {
            value = (float)(((1 + value) * factor) - 1 + shift);
        }
    }

    /// <summary>Whether a kind of day is one of rest.</summary>
    public static bool IsRest(int kind) => kind is (int)DayKind.Saturday or (int)DayKind.Sunday or >= (int)DayKind.Holiday;

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(IsWeekly);
        writer.Write(Visits);
        WriteFloats(writer, Bins);
        WriteFloats(writer, Scales);
        writer.Write(Fine is not null);
        WriteFloats(writer, Fine ?? []);
    }

    /// <summary>Reads what <see cref="Write"/> wrote for series of the same step.</summary>
    public static SeasonProfile Read(BinaryReader reader, long stepTicks)
    {
        var profile = new SeasonProfile(reader.ReadBoolean(), stepTicks);
        reader.BaseStream.ReadExactly(profile.Visits);
        ReadFloats(reader, profile.Bins);
        ReadFloats(reader, profile.Scales);
        if (reader.ReadBoolean())
        {
            profile.Fine = new float[profile.FinePerDay];
            ReadFloats(reader, profile.Fine);
        }

        return profile;
    }

    private static int KindOf(int day, Calendar calendar) =>
        (int)calendar.KindOf(DateOnly.FromDayNumber(Math.Clamp(day, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber)));

    private static void WriteFloats(BinaryWriter writer, float[] values)
    {
        foreach (float value in values)
        {
            writer.Write(value);
        }
    }

    private static void ReadFloats(BinaryReader reader, float[] values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = reader.ReadSingle();
        }
    }

    private ushort BinOf(int kind, int bin) => (ushort)((RowOf(kind) * BinsPerDay) + bin);

    private ushort ScaleOf(int kind, int bin) => (ushort)(IsWeekly && IsRest(kind) ? BinsPerDay + bin : bin);
}
