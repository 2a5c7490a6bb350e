using System.Runtime.InteropServices;
using Bongsu.Core.Calendars;
using Bongsu.Core.Series;

namespace Bongsu.Alert.Bands;

/// <summary>A history taken apart into a level for each day and a season.</summary>
/// <remarks>
/// By turns: the season is the robust middle of what is left over the level, for each bin; the level of a day is the robust
/// middle of what is left over the season, smoothed by a running median over five days, which keeps steps. Two turns. Last
/// come the scatter of each bin and what recurs daily within bins.
/// </remarks>
internal sealed class SeasonFit
{
    private const int TurnCount = 2;
    private const int SmoothedDays = 5;
    private const int PointsForLevel = 50;

    // A kind of day has a profile of its own once seen twice; a holiday once.
    private const int MinVisits = 2;

    // A daily recurrence is kept when it is so many standard errors large.
    private const double MinFineErrors = 4;

    // The part of all values that fall short of the lowest share.
    private const double LowShare = 0.005;

    private readonly double[] _values;
    private readonly SeasonPlace[] _places;
    private readonly int _firstDay;
    private readonly double[] _levels;
    private readonly byte[] _dayKinds;
    private readonly int[] _dayStarts;
    private readonly bool _isProportional;
    private readonly double[] _scratch;

    private SeasonFit(double[] values, SeasonPlace[] places, SeasonProfile season, bool isProportional)
    {
        _values = values;
        _places = places;
        _isProportional = isProportional;
        Season = season;
        _firstDay = places[0].LocalDay;
        int dayCount = places[^1].LocalDay - _firstDay + 1;
        _levels = new double[dayCount];
        _dayKinds = new byte[dayCount];
        _dayStarts = new int[dayCount + 1];
        _scratch = new double[values.Length];
    }

    /// <summary>The season found.</summary>
    public SeasonProfile Season { get; }

    /// <summary>Whether season and scatter are in units of the level.</summary>
    public bool IsProportional => _isProportional;

    /// <summary>The local day of the last point.</summary>
    public int LastLocalDay => _places[^1].LocalDay;

    /// <summary>The scatter of the whole in units of the level, for comparing fits; larger the fewer days stand behind
    /// each profile.</summary>
    public double Scatter { get; private set; }

    /// <summary>The same of the history as if there was no season: around each day's level.</summary>
    public double PlainScatter { get; private set; }

    /// <summary>How much wider than normal noise the upper side is.</summary>
    public double UpperTail { get; private set; } = 1;

    /// <summary>How much wider than normal noise the lower side is.</summary>
    public double LowerTail { get; private set; } = 1;

    /// <summary>The share of what was expected that hardly any value fell short of; 0 where values near nothing are usual, or
    /// the series is not proportional.</summary>
    public double LowestShare { get; private set; }

    /// <summary>Growth of the level per day at the end.</summary>
    public double SlopePerDay { get; private set; }

    /// <summary>Takes a history apart; null where its level is nothing to be proportional to.</summary>
    /// <param name="values">Values, n ≥ 1.</param>
    /// <param name="places">Where they lie, in order of time.</param>
    /// <param name="season">An empty profile, which is filled.</param>
    /// <param name="isProportional">Season and scatter grow with the level.</param>
    public static SeasonFit? Of(double[] values, SeasonPlace[] places, SeasonProfile season, bool isProportional)
    {
        var fit = new SeasonFit(values, places, season, isProportional);
        fit.CutDays();
        if (!fit.GuessLevels())
        {
            return null;
        }

        fit.PlainScatter = fit.MeasurePlainScatter();
        int[] byBin = fit.SortByBin(out int[] binStarts);
        for (int turn = 0; turn < TurnCount; turn++)
        {
            fit.FitBins(byBin, binStarts);
            if (!fit.FitLevels())
            {
                return null;
            }
        }

        fit.Scatter = fit.ScaleOfAll(fit.ResidualOf) * fit.Correction;
        return fit;
    }

    /// <summary>Finds the rest, for the fit that is taken: what recurs within bins, the scatter by bin, tails and
    /// growth.</summary>
    public void Complete()
    {
        FitFine();
        FitScales();
        FitSlope();
    }

    /// <summary>The level on the day of a point.</summary>
    public double LevelAt(int point) => LevelOf(point);

    // A profile goes through the middle of what it was made of: new days lie further off.
    private double Correction
    {
        get
        {
            double visits = Math.Max(2, _levels.Length / (Season.IsWeekly ? 7.0 : 1.0));
            return Math.Sqrt(visits / (visits - 1));
        }
    }

    private static bool IsHoliday(int kind) => SeasonProfile.IsHoliday(kind);

    private double LevelOf(int point) => _levels[_places[point].LocalDay - _firstDay];

    private double DepartureOf(int point)
    {
        double level = LevelOf(point);
        return _isProportional ? (_values[point] / level) - 1 : _values[point] - level;
    }

    private void CutDays()
    {
        int day = 0;
        for (int point = 0; point < _places.Length; point++)
        {
            int pointDay = _places[point].LocalDay - _firstDay;
            while (day <= pointDay)
            {
                _dayStarts[day++] = point;
            }

            _dayKinds[pointDay] = _places[point].Kind;
        }

        _dayStarts[day] = _places.Length;
    }

    // A level needs no more than some fifty points of a day, evenly spread.
    private static int StrideOf(int count) => Math.Max(1, count / PointsForLevel);

    private Span<double> PointsOfDay(int day)
    {
        int stride = StrideOf(_dayStarts[day + 1] - _dayStarts[day]);
        int count = 0;
        for (int point = _dayStarts[day]; point < _dayStarts[day + 1]; point += stride)
        {
            _scratch[count++] = _values[point];
        }

        return _scratch.AsSpan(0, count);
    }

    // Over seven days each weekday counts once, so that weekends do not pull.
    private bool GuessLevels()
    {
        double[] days = new double[_levels.Length];
        int fullDay = Math.Max(1, _values.Length / _levels.Length / 2);
        for (int day = 0; day < days.Length; day++)
        {
            Span<double> points = PointsOfDay(day);
            days[day] = _dayStarts[day + 1] - _dayStarts[day] < fullDay || IsHoliday(_dayKinds[day]) ? double.NaN : RobustStatistics.Location(points);
        }

        return Smooth(days, 7);
    }

    // A running median, of as many days at the ends too; days without a level do not count.
    private bool Smooth(ReadOnlySpan<double> days, int width)
    {
        int halfWidth = Math.Min(width, days.Length) / 2;
        Span<double> window = stackalloc double[8];
        double last = double.NaN;
        for (int day = 0; day < days.Length; day++)
        {
            int count = 0;
            int first = Math.Clamp(day - halfWidth, 0, Math.Max(0, days.Length - (2 * halfWidth) - 1));
            for (int near = first; near < Math.Min(days.Length, first + (2 * halfWidth) + 1); near++)
            {
                if (!double.IsNaN(days[near]))
                {
                    window[count++] = days[near];
                }
            }

            window[..count].Sort();
            _levels[day] = count == 0 ? last : RobustStatistics.Quantile(window[..count], 0.5);
            last = _levels[day];
        }

        for (int day = days.Length - 2; day >= 0; day--)
        {
            _levels[day] = double.IsNaN(_levels[day]) ? _levels[day + 1] : _levels[day];
        }

        // A day with a level of nothing has no season in proportion to it.
        return !double.IsNaN(_levels[0]) && (!_isProportional || MakePositive());
    }

    private bool MakePositive()
    {
        double largest = 0;
        foreach (double level in _levels)
        {
            largest = Math.Max(largest, level);
        }

        for (int day = 0; day < _levels.Length; day++)
        {
            _levels[day] = Math.Max(_levels[day], largest * 1e-3);
        }

        return largest > 0;
    }

    private double MeasurePlainScatter()
    {
        return ScaleOfAll(DepartureOf);
    }

    // Of a part of the points, evenly spread: all would say the same.
    private double ScaleOfAll(Func<int, double> deviationOf)
    {
        int stride = Math.Max(1, _values.Length / 2000);
        int count = 0;
        for (int point = stride / 2; point < _values.Length; point += stride)
        {
            _scratch[count++] = Math.Abs(deviationOf(point));
        }

        return RobustStatistics.Scale(_scratch.AsSpan(0, count));
    }

    private int[] SortByBin(out int[] starts)
    {
        starts = new int[Season.Bins.Length + 1];
        foreach (SeasonPlace place in _places)
        {
            starts[Season.NearestBin(place) + 1]++;
        }

        for (int bin = 1; bin < starts.Length; bin++)
        {
            starts[bin] += starts[bin - 1];
        }

        int[] next = [.. starts];
        int[] points = new int[_places.Length];
        for (int point = 0; point < _places.Length; point++)
        {
            points[next[Season.NearestBin(_places[point])]++] = point;
        }

        return points;
    }

    private void FitBins(int[] byBin, int[] binStarts)
    {
        Array.Clear(Season.Visits);
        for (int day = 0; day < _levels.Length; day++)
        {
            bool isFull = (_dayStarts[day + 1] - _dayStarts[day]) * 2 > _values.Length / _levels.Length;
            ref byte visits = ref Season.Visits[_dayKinds[day]];
            visits = (byte)Math.Min(byte.MaxValue, visits + (isFull ? 1 : 0));
        }

        for (int bin = 0; bin < Season.Bins.Length; bin++)
        {
            Span<double> departures = _scratch.AsSpan(0, binStarts[bin + 1] - binStarts[bin]);
            for (int index = 0; index < departures.Length; index++)
            {
                departures[index] = DepartureOf(byBin[binStarts[bin] + index]);
            }

            Season.Bins[bin] = (float)RobustStatistics.Location(departures);
        }

        FillUnseen();
        Center();
    }

    // Bins that saw nothing, and kinds of day seen too seldom, are as their next of kin.
    private void FillUnseen()
    {
        int binsPerDay = Season.BinsPerDay;
        for (int kind = Season.IsWeekly ? 0 : SeasonProfile.KindCount - 3; kind < SeasonProfile.KindCount; kind++)
        {
            bool isKnown = Season.Visits[kind] >= (IsHoliday(kind) || !Season.IsWeekly ? 1 : MinVisits);
            for (int bin = 0; bin < binsPerDay; bin++)
            {
                ref float value = ref Season.Bins[(Season.RowOf(kind) * binsPerDay) + bin];
                value = isKnown && !float.IsNaN(value) ? value : NextOfKin(kind, bin);
            }
        }

        for (int bin = 0; bin < Season.Bins.Length; bin++)
        {
            ref float value = ref Season.Bins[bin];
            value = !float.IsNaN(value) ? value : bin > 0 ? Season.Bins[bin - 1] : 0;
        }
    }

    private float NextOfKin(int kind, int bin)
    {
        ReadOnlySpan<int> kin = kind switch
        {
            (int)DayKind.MajorHoliday => [7, 0, 6],
            (int)DayKind.Holiday or (int)DayKind.Saturday => [0, 6],
            (int)DayKind.Sunday => [6],
            _ => [2, 3, 4, 1, 5],
        };
        foreach (int near in kin)
        {
            float value = Season.Bins[(Season.RowOf(near) * Season.BinsPerDay) + bin];
            if (near != kind && !float.IsNaN(value) && Season.Visits[near] > 0)
            {
                return value;
            }
        }

        // Nothing like it: the mean of what is known of this time of day.
        float sum = 0;
        int count = 0;
        for (int row = 0; row < Season.RowCount; row++)
        {
            float value = Season.Bins[(row * Season.BinsPerDay) + bin];
            bool isKnown = !float.IsNaN(value);
            sum += isKnown ? value : 0;
            count += isKnown ? 1 : 0;
        }

        return count == 0 ? float.NaN : sum / count;
    }

    // The season of an ordinary week is 0 on average: the rest belongs to the level.
    private void Center()
    {
        int ordinary = Season.IsWeekly ? 7 * Season.BinsPerDay : Season.BinsPerDay;
        double mean = 0;
        for (int bin = 0; bin < ordinary; bin++)
        {
            mean += Season.Bins[bin] / (double)ordinary;
        }

        for (int bin = 0; bin < Season.Bins.Length; bin++)
        {
            ref float value = ref Season.Bins[bin];
            value = (float)(_isProportional ? ((1 + value) / Math.Max(1 + mean, 1e-3)) - 1 : value - mean);
        }
    }

    // The level that explains a day best, its points weighted by how much they say of it.
    private bool FitLevels()
    {
        double[] days = new double[_levels.Length];
        int fullDay = Math.Max(1, _values.Length / _levels.Length / 2);
        for (int day = 0; day < days.Length; day++)
        {
            int start = _dayStarts[day];
            int count = _dayStarts[day + 1] - start;
            bool isKnown = count >= fullDay && !IsHoliday(_dayKinds[day]);
            days[day] = isKnown ? LevelOfDay(start, count) : double.NaN;
        }

        return Smooth(days, SmoothedDays);
    }

    private double LevelOfDay(int start, int count)
    {
        Span<double> levels = _scratch.AsSpan(0, count);
        int kept = 0;
        for (int point = start; point < start + count; point += StrideOf(count))
        {
            double departure = Season.CoarseAt(_places[point]);
            if (!_isProportional)
            {
                levels[kept++] = _values[point] - departure;
            }
            else if (departure > -0.5)
            {
                levels[kept++] = _values[point] / (1 + departure);
            }
        }

        return RobustStatistics.Location(levels[..kept]);
    }

    private double ResidualOf(int point) => DepartureOf(point) - Season.DepartureAt(_places[point]);

    private void FitFine()
    {
        if (Season.FinePerDay <= Season.BinsPerDay)
        {
            return;
        }

        int[] ends = new int[Season.FinePerDay + 1];
        foreach (SeasonPlace place in _places)
        {
            ends[place.Fine + 1]++;
        }

        for (int slot = 1; slot < ends.Length; slot++)
        {
            ends[slot] += ends[slot - 1];
        }

        double[] residuals = new double[_values.Length];
        int[] next = [.. ends];
        for (int point = 0; point < residuals.Length; point++)
        {
            residuals[next[_places[point].Fine]++] = ResidualOf(point);
        }

        double scale = ScaleOfAll(ResidualOf);
        float[] fine = new float[Season.FinePerDay];
        bool hasAny = false;
        for (int slot = 0; slot < fine.Length; slot++)
        {
            Span<double> ofSlot = residuals.AsSpan(ends[slot], ends[slot + 1] - ends[slot]);
            double value = RobustStatistics.Location(ofSlot);
            bool isKept = ofSlot.Length >= 3 && Math.Abs(value) > MinFineErrors * scale / Math.Sqrt(ofSlot.Length) && Math.Abs(value) > scale / 2;
            fine[slot] = isKept ? (float)value : 0;
            hasAny |= isKept;
        }

        Season.Fine = hasAny ? fine : null;
    }

    private void FitScales()
    {
        double[] residuals = new double[_values.Length];
        for (int point = 0; point < residuals.Length; point++)
        {
            residuals[point] = ResidualOf(point);
        }

        double correction = Correction;
        var byScale = new List<double>[Season.Scales.Length];
        for (int point = 0; point < residuals.Length; point++)
        {
            (byScale[Season.NearestScale(_places[point])] ??= new List<double>(_values.Length / byScale.Length)).Add(Math.Abs(residuals[point]));
        }

        double whole = ScaleOfAll(point => residuals[point]) * correction;
        double[] scales = new double[byScale.Length];
        for (int bin = 0; bin < scales.Length; bin++)
        {
            Span<double> sizes = byScale[bin] is null ? [] : CollectionsMarshal.AsSpan(byScale[bin]);
            double own = RobustStatistics.Scale(sizes) * correction;
            // Few points say little: then the whole counts too.
            double weight = sizes.Length / (sizes.Length + 10.0);
            scales[bin] = (weight * own) + ((1 - weight) * whole);
        }

        for (int bin = 0; bin < scales.Length; bin++)
        {
            int day = bin / Season.BinsPerDay * Season.BinsPerDay;
            double before = scales[day + ((bin - day + Season.BinsPerDay - 1) % Season.BinsPerDay)];
            double after = scales[day + ((bin - day + 1) % Season.BinsPerDay)];
            Season.Scales[bin] = (float)Math.Max(0.1 * whole, (0.5 * scales[bin]) + (0.25 * (before + after)));
        }

        FitTails(residuals);
    }

    private void FitTails(double[] residuals)
    {
        int stride = Math.Max(1, residuals.Length / 4000);
        int count = 0;
        for (int point = stride / 2; point < residuals.Length; point += stride)
        {
            double scale = Season.ScaleAt(_places[point]);
            _scratch[count++] = scale > 0 ? residuals[point] / scale : 0;
        }

        Span<double> tails = _scratch.AsSpan(0, count);
        tails.Sort();
        UpperTail = Math.Clamp(RobustStatistics.Quantile(tails, 0.98) / 2.054, 0.8, 3);
        LowerTail = Math.Clamp(-RobustStatistics.Quantile(tails, 0.02) / 2.054, 0.8, 3);
        if (!_isProportional)
        {
            return;
        }

        for (int index = 0; index < count; index++)
        {
            int point = (stride / 2) + (index * stride);
            double expected = 1 + Season.DepartureAt(_places[point]);
            tails[index] = expected > 0 ? 1 + (residuals[point] / expected) : 1;
        }

        tails.Sort();
        LowestShare = Math.Clamp(RobustStatistics.Quantile(tails, LowShare), 0, 1);
    }

    // The middle of all slopes between two days (Theil and Sen), where growth explains the levels better than a step.
    private void FitSlope()
    {
        ReadOnlySpan<double> levels = _levels.AsSpan(Math.Max(0, _levels.Length - 21));
        if (levels.Length < 7)
        {
            return;
        }

        List<double> slopes = [];
        double largestStep = 0;
        for (int later = 1; later < levels.Length; later++)
        {
            largestStep = Math.Max(largestStep, Math.Abs(levels[later] - levels[later - 1]));
            for (int earlier = 0; earlier < later; earlier++)
            {
                slopes.Add((levels[later] - levels[earlier]) / (later - earlier));
            }
        }

        Span<double> sorted = CollectionsMarshal.AsSpan(slopes);
        sorted.Sort();
        double slope = RobustStatistics.Quantile(sorted, 0.5);
        bool isClear = Math.Sign(RobustStatistics.Quantile(sorted, 0.15)) == Math.Sign(RobustStatistics.Quantile(sorted, 0.85));
        bool isStep = largestStep > Math.Abs(levels[^1] - levels[0]) / 3;
        SlopePerDay = isClear && !isStep ? slope : 0;
    }
}
