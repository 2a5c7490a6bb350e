using Bongsu.Core.Series;

namespace Bongsu.Alert.Bands;

/// <content>Learning from a history.</content>
public sealed partial class BandModel
{
    private const int MinDaysForDay = 2;
    private const int MinDaysForWeek = 13;

    // With less of the time covered by points a season is not looked for.
    private const double MinCoverage = 0.2;

    // A season must take so much of the scatter away, and a week of what a day's left.
    private const double WorthOfSeason = 0.8;
    private const double WorthOfWeek = 0.95;

    // Of counts rarer than this a season cannot be told from chance.
    private const double LeastCount = 0.2;

    // Of counts smaller than this the level is a mean over many.
    private const double SmallCount = 10;
    private const double SmallCountGain = 1.0 / 128;

    // With a season the level follows within a day.
    private const long LevelTicks = TimeSpan.TicksPerDay;

    // This much of the end of a history is gone through again point by point.
    private const long SettleTicks = 2 * TimeSpan.TicksPerDay;

    /// <summary>Forgets everything and learns from a history.</summary>
    /// <param name="points">In any order; of two at one time the later in the list counts.</param>
    /// <param name="isExcluded">Whether a time (ticks) is in a span not to learn from: past alerts, annotations.</param>
    public void Learn(ReadOnlySpan<BandPoint> points, Func<long, bool>? isExcluded = null)
    {
        BandPoint[] usable = Usable(points, isExcluded);
        Forget();
        SeasonFit? fit = _options.Season == SeasonChoice.None ? null : FitSeason(usable);
        int settleFrom = 0;
        if (fit is not null)
        {
            settleFrom = Adopt(fit, usable);
        }
        else if (usable.Length > 0)
        {
            ChooseLevelGain(usable);
        }

        // The last days once more, point by point, as if they came now; all of them where there is no season.
        var above = new PastEpisodes();
        var below = new PastEpisodes();
        foreach (BandPoint point in usable.AsSpan(settleFrom))
        {
            if (fit is null && _pointCount >= _options.ReadyPoints)
            {
                NoteEpisode(point, above, below);
            }

            Observe(point.Ticks, point.Value);
        }

        if (fit is null && usable.Length > 0)
        {
            Widen(above, below, usable[^1].Ticks - usable[0].Ticks);
        }

        _learntTicks = usable.Length == 0 ? long.MinValue : usable[^1].Ticks;
    }

    // The best season for which there is history enough; null where none explains enough.
    private SeasonFit? FitSeason(BandPoint[] points)
    {
        long span = points.Length == 0 ? 0 : points[^1].Ticks - points[0].Ticks;
        double coverage = span == 0 ? 0 : points.Length * (double)_options.Step.Ticks / span;
        if (span < MinDaysForDay * TimeSpan.TicksPerDay || coverage < MinCoverage || points.Length < 3 * MinDaysForDay)
        {
            return null;
        }

        double[] values = new double[points.Length];
        double mean = 0;
        for (int point = 0; point < values.Length; point++)
        {
            values[point] = points[point].Value;
            mean += values[point] / values.Length;
            NoteShape(values[point]);
        }

        if (_isCount && mean < LeastCount)
        {
            return null;
        }

        bool isAuto = _options.Season == SeasonChoice.Auto;
        bool mayBeWeekly = _options.Season != SeasonChoice.Day && span >= MinDaysForWeek * TimeSpan.TicksPerDay &&
            _options.Step.Ticks <= TimeSpan.TicksPerDay;
        bool mayBeDaily = (_options.Season != SeasonChoice.Week || !mayBeWeekly) && _options.Step.Ticks * 4 <= TimeSpan.TicksPerDay;
        SeasonFit? daily = mayBeDaily ? Fit(points, values, isWeekly: false) : null;
        SeasonFit? weekly = mayBeWeekly ? Fit(points, values, isWeekly: true) : null;
        SeasonFit? best = weekly is null || (daily is not null && weekly.Scatter > WorthOfWeek * daily.Scatter) ? daily : weekly;
        if (best is null || (isAuto && best.Scatter > WorthOfSeason * best.PlainScatter))
        {
            return null;
        }

        best.Complete();
        return best;
    }

    private SeasonFit? Fit(BandPoint[] points, double[] values, bool isWeekly)
    {
        var season = new SeasonProfile(isWeekly, _options.Step.Ticks);
        var places = new SeasonPlace[points.Length];
        for (int point = 0; point < places.Length; point++)
        {
            places[point] = season.Find(points[point].Ticks, _calendar);
        }

        SeasonFit? Try(bool isProportional) =>
            SeasonFit.Of(values, places, new SeasonProfile(isWeekly, _options.Step.Ticks), isProportional);

        return (_isNonNegative ? Try(isProportional: true) : null) ?? Try(isProportional: false);
    }

    // Takes over what was found; says from which point on to go through the history again.
    private int Adopt(SeasonFit fit, BandPoint[] points)
    {
        int settleFrom = Math.Max(0, Array.FindIndex(points, point => point.Ticks > points[^1].Ticks - SettleTicks));
        _season = fit.Season;
        _isProportional = fit.IsProportional;
        _upperTail = fit.UpperTail;
        _lowerTail = fit.LowerTail;
        _lowestShare = fit.LowestShare;
        _slopePerDay = fit.SlopePerDay;
        var above = new PastEpisodes();
        var below = new PastEpisodes();
        for (int point = 0; point < points.Length; point++)
        {
            _lastTicks = points[point].Ticks;
            _level = fit.LevelAt(point);
            NoteEpisode(points[point], above, below);
        }

        Widen(above, below, points[^1].Ticks - points[0].Ticks);
        _level = fit.LevelAt(Math.Max(0, settleFrom - 1));
        _levelGain = Math.Min(0.25, (double)_options.Step.Ticks / LevelTicks);
        _firstTicks = points[0].Ticks;
        _lastTicks = settleFrom == 0 ? points[0].Ticks - 1 : points[settleFrom - 1].Ticks;
        _pointCount = Math.Max(1, settleFrom);
        _localDay = fit.LastLocalDay;
        return settleFrom;
    }

    private void NoteEpisode(BandPoint point, PastEpisodes above, PastEpisodes below)
    {
        State state = Predict(point.Ticks);
        double deviation = point.Value - state.Expected;
        double width = Math.Abs(deviation) / (_options.Sensitivity * state.Scatter);
        if (double.IsFinite(width) && Math.Abs(state.ScoreOf(point.Value)) >= 1)
        {
            (deviation > 0 ? above : below).Add(point.Ticks, width);
        }
    }

    private void Widen(PastEpisodes above, PastEpisodes below, long historyTicks)
    {
        _upperTail = above.Widen(historyTicks, _upperTail);
        _lowerTail = below.Widen(historyTicks, _lowerTail);
    }

    // How fast the level follows a series without a season: as fast as foretells the next point best.
    private void ChooseLevelGain(BandPoint[] points)
    {
        if (points.Length < 100)
        {
            return;
        }

        if (points.All(point => point.Value >= 0 && point.Value == Math.Floor(point.Value)) && points.Average(point => point.Value) < SmallCount)
        {
            _levelGain = SmallCountGain;
            return;
        }

        double best = double.PositiveInfinity;
        double[] errors = new double[points.Length - 1];
        foreach (double gain in (ReadOnlySpan<double>)[1.0 / 2, 1.0 / 8, 1.0 / 32, 1.0 / 128])
        {
            double level = points[0].Value;
            for (int point = 1; point < points.Length; point++)
            {
                double error = points[point].Value - level;
                errors[point - 1] = Math.Abs(error);
                level += gain * error;
            }

            // Slower ones come later: equally good is better.
            double size = RobustStatistics.Scale(errors);
            if (size <= best * 1.02)
            {
                (best, _levelGain) = (Math.Min(size, best), gain);
            }
        }
    }

    private BandPoint[] Usable(ReadOnlySpan<BandPoint> points, Func<long, bool>? isExcluded)
    {
        var usable = new BandPoint[points.Length];
        int count = 0;
        bool isSorted = true;
        foreach (BandPoint point in points)
        {
            if (double.IsFinite(point.Value) && isExcluded?.Invoke(point.Ticks) != true && !_calendar.IsFrozen(point.Ticks))
            {
                isSorted &= count == 0 || usable[count - 1].Ticks < point.Ticks;
                usable[count++] = point;
            }
        }

        Array.Resize(ref usable, count);
        return isSorted ? usable : [.. usable.GroupBy(point => point.Ticks).Select(group => group.Last()).OrderBy(point => point.Ticks)];
    }

    private void Forget()
    {
        _season = null;
        _shift.Forget();
        _level = 0;
        _slopePerDay = 0;
        _scale = 0;
        _levelGain = 1.0 / 16;
        _upperTail = 1;
        _lowerTail = 1;
        _lowestShare = 0;
        _levelBeforeShift = double.NaN;
        _firstTicks = long.MaxValue;
        _lastTicks = long.MinValue;
        _learntTicks = long.MinValue;
        _pointCount = 0;
        _returnCount = 0;
        _localDay = 0;
        _isProportional = false;
        _isCount = true;
        _isNonNegative = true;
    }
}
