using Bongsu.Core.Calendars;

namespace Bongsu.Alert.Bands;

/// <summary>What one series is expected to be, learnt from its history and kept up to date point by point.</summary>
/// <remarks>
/// Expected = level + season. The level follows the series within a day (without a season: faster), and jumps when values have
/// been steadily off for <see cref="BandOptions.ShiftAfter"/>. The season is by kind of day and local time of day. A series
/// that is never negative is proportional: season and scatter grow with its level. Of counts the band is never narrower than
/// chance makes it. Not thread-safe: one owner. Guide: docs/guide/anomaly-bands.md.
/// </remarks>
public sealed partial class BandModel
{
    // A point moves the level by no more than so many standard deviations' worth, the scatter likewise.
    private const double MaxPull = 2.5;
    private const double MaxScatter = 3;

    // Mean absolute deviation to standard deviation, of normal noise.
    private const double DeviationFactor = 1.2533;

    // The part of a new day that goes into the season once several days of its kind are known, and into the scatter.
    private const double SeasonRate = 0.2;
    private const double ScaleRate = 0.1;
    private const double PlainScaleRate = 0.01;

    private const double OutageShare = 0.25;

    // A kind of holiday seen so often at most is moved as a whole, within the first hours.
    private const int NewVisits = 3;
    private const long HolidayTicks = 2 * TimeSpan.TicksPerHour;

    // So many points that fit the level before a shift bring it back at once.
    private const int ReturnPoints = 3;

    // Levels are not extrapolated further than this into the future.
    private const double MaxTrendDays = 7;

    private readonly BandOptions _options;
    private readonly Calendar _calendar;
    private readonly LevelShift _shift;
    private SeasonProfile? _season;
    private double _level;
    private double _slopePerDay;
    private double _scale;
    private double _levelGain = 1.0 / 16;
    private double _upperTail = 1;
    private double _lowerTail = 1;
    private double _lowestShare;
    private double _levelBeforeShift = double.NaN;
    private long _firstTicks = long.MaxValue;
    private long _lastTicks = long.MinValue;
    private long _learntTicks = long.MinValue;
    private int _pointCount;
    private int _localDay;
    private int _returnCount;
    private bool _isProportional;
    private bool _isCount = true;
    private bool _isNonNegative = true;

    /// <summary>A model that knows nothing yet.</summary>
    public BandModel(BandOptions options, Calendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Step, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Sensitivity > 0, true, nameof(options));
        _options = options;
        _calendar = calendar;
        _shift = new LevelShift(options.ShiftAfter);
    }

    /// <summary>The repetition found in the history.</summary>
    public SeasonChoice Season => _season is null ? SeasonChoice.None : _season.IsWeekly ? SeasonChoice.Week : SeasonChoice.Day;

    /// <summary>Points learnt from.</summary>
    public int PointCount => _pointCount;

    /// <summary>Time of the newest point seen; <see cref="long.MinValue"/> before the first.</summary>
    public long LastTicks => _lastTicks;

    /// <summary>What is expected at a time, before its value is known.</summary>
    /// <param name="ticks">Start of the point's slot: UTC in ticks.</param>
    public Band Expect(long ticks)
    {
        if (_pointCount == 0)
        {
            return new Band(double.NaN, double.NegativeInfinity, double.PositiveInfinity, false, 0);
        }

        State state = Predict(ticks);
        double lower = state.Expected - state.LowerWidth;
        return new Band(
            state.Expected,
            !_options.IsLower ? double.NegativeInfinity : _isNonNegative ? Math.Max(0, lower) : lower,
            _options.IsUpper ? state.Expected + state.UpperWidth : double.PositiveInfinity,
            _pointCount >= _options.ReadyPoints,
            0);
    }

    /// <summary>Holds a value against the band; learns nothing.</summary>
    /// <param name="ticks">Start of the point's slot: UTC in ticks.</param>
    /// <param name="value">The value; NaN is inside.</param>
    /// <param name="band">The band, with the score.</param>
    /// <returns>0 inside the band, 1 at its edge, 2 at twice the half width from what was expected, and so on.</returns>
    public double Judge(long ticks, double value, out Band band)
    {
        band = Expect(ticks);
        if (!band.IsReady || double.IsNaN(value) || (value >= band.Lower && value <= band.Upper))
        {
            return 0;
        }

        State state = Predict(ticks);
        double score = Math.Max(1, Math.Abs(state.ScoreOf(value)));
        band = band with { Score = score };
        return score;
    }

    /// <summary>Learns from a point. One not newer than the last is ignored.</summary>
    /// <param name="ticks">Start of the point's slot: UTC in ticks.</param>
    /// <param name="value">The value; NaN is ignored.</param>
    /// <param name="use">What may be learnt.</param>
    public void Observe(long ticks, double value, PointUse use = PointUse.Train)
    {
        if (!double.IsFinite(value) || ticks <= _lastTicks || use == PointUse.Exclude || _calendar.IsFrozen(ticks))
        {
            return;
        }

        if (_pointCount == 0)
        {
            Begin(ticks, value);
            return;
        }

        State state = Predict(ticks);
        MoveTrend(ticks);
        _lastTicks = ticks;
        double score = state.ScoreOf(value);
        bool isReady = _pointCount >= _options.ReadyPoints;
        if (isReady && MoveLevel(ticks, value, state, score))
        {
            return;
        }

        double spread = state.Spread;
        if (IsHoliday(state))
        {
            FollowHoliday(state, value - state.Expected, spread, isInside: Math.Abs(score) < 1);
        }

        if (use == PointUse.Train)
        {
            _pointCount++;
            Train(state, value, spread, isInside: !isReady || Math.Abs(score) < 1);
        }
    }

    /// <summary>Bytes this model holds, about.</summary>
    public long MeasureBytes() => 208 + LevelShift.SizeBytes + (_season?.SizeBytes ?? 0);

    private void Begin(long ticks, double value)
    {
        _level = value;
        _firstTicks = ticks;
        _lastTicks = ticks;
        _pointCount = 1;
        NoteShape(value);
    }

    // Once a fraction has come the series is not one of counts any more, and so on.
    private void NoteShape(double value)
    {
        _isNonNegative &= value >= 0;
        _isCount &= value >= 0 && value == Math.Floor(value);
    }

    private State Predict(long ticks)
    {
        double days = _slopePerDay == 0 ? 0 : Math.Clamp((double)(ticks - _lastTicks) / TimeSpan.TicksPerDay, 0, MaxTrendDays);
        double level = _level + (_slopePerDay * days);
        State state = new() { Unit = 1, Factor = 1, Stretch = 1, Level = level };
        double scatter = _scale;
        if (_season is not null)
        {
            state.Place = _season.Find(ticks, _calendar);
            double coarse = _season.CoarseAt(state.Place);
            double departure = _season.DepartureAt(state.Place);
            state.Unit = _isProportional ? Math.Max(level, 0) : 1;
            state.Factor = _isProportional ? Math.Max(0, 1 + departure) : 1;
            state.Departure = departure;
            scatter = _season.ScaleAt(state.Place) * state.Unit * Uncertainty(_season, state.Place.Kind);
            state.Step = _season.StepAt(state.Place) * state.Unit;
            if (_isProportional && departure > coarse)
            {
                // What recurs at this minute scatters in proportion too.
                state.Stretch = Math.Clamp(state.Factor / Math.Max(1 + coarse, 0.01), 1, 10);
                scatter *= state.Stretch;
            }
        }

        state.Expected = _isProportional && _season is not null ? Math.Max(level, 0) * state.Factor : level + state.Departure;
        state.Scatter = scatter;
        SetWidths(ref state);
        return state;
    }

    // Of a kind of day that has hardly been seen less is known.
    private static double Uncertainty(SeasonProfile season, int kind) =>
        !season.IsWeekly && !SeasonProfile.IsHoliday(kind) ? 1 : season.Visits[kind] switch { 0 => 2, 1 => 1.4, _ => 1 };

    // On a holiday the profile learns and the level rests: it says nothing of other days.
    private bool IsHoliday(in State state) => _season is not null && SeasonProfile.IsHoliday(state.Place.Kind);

    private void SetWidths(ref State state)
    {
        double k = _options.Sensitivity;
        double least = Math.Max(_options.MinWidth, _options.MinRelativeWidth * Math.Abs(state.Expected));
        state.Spread = Math.Max(state.Scatter, Math.Max(least, 1e-9) / k);
        state.UpperWidth = Math.Max(least, state.Step + (k * state.Scatter * _upperTail));
        state.LowerWidth = state.Step + (k * state.Scatter * _lowerTail);
        if (_lowestShare > 0 && state.Expected > 0)
        {
            // However much it scatters: a quarter of what it hardly ever fell short of is an outage.
            state.LowerWidth = Math.Min(state.LowerWidth, state.Expected * (1 - (_lowestShare * OutageShare)));
        }

        state.LowerWidth = Math.Max(least, state.LowerWidth);
        if (_isCount)
        {
            // The quantile of a Poisson count, by Cornish and Fisher: k√μ, and its skewness.
            double chance = k * Math.Sqrt(Math.Max(0, state.Expected));
            double skew = Math.Max(0, ((k * k) - 1) / 6);
            state.UpperWidth = Math.Max(state.UpperWidth, chance + Math.Max(skew, 1));
            state.Spread = Math.Max(state.Spread, (chance + Math.Max(skew, 1)) / k);
            state.LowerWidth = Math.Max(state.LowerWidth, chance - skew);
        }

        // A series that never moved: anything else is outside, but no score is infinite.
        state.UpperWidth = Math.Max(state.UpperWidth, Math.Max(1e-9, 1e-9 * Math.Abs(state.Expected)));
        state.LowerWidth = Math.Max(state.LowerWidth, Math.Max(1e-9, 1e-9 * Math.Abs(state.Expected)));
    }

    private void MoveTrend(long ticks)
    {
        if (_slopePerDay != 0)
        {
            double days = Math.Clamp((double)(ticks - _lastTicks) / TimeSpan.TicksPerDay, 0, MaxTrendDays);
            _level += _slopePerDay * days;
        }
    }

    // Whether the level has jumped: to a new one that has lasted, or back to the one before.
    private bool MoveLevel(long ticks, double value, in State state, double score)
    {
        double explained = state.LevelFor(value, _isProportional && _season is not null);
        if (Math.Abs(score) >= 1 && !double.IsNaN(_levelBeforeShift) &&
            Math.Abs(explained - _levelBeforeShift) < 0.5 * Math.Abs(_level - _levelBeforeShift))
        {
            if (++_returnCount >= ReturnPoints)
            {
                _level = _levelBeforeShift;
                _levelBeforeShift = double.NaN;
                _returnCount = 0;
                _shift.Reset();
                return true;
            }
        }
        else
        {
            _returnCount = 0;
        }

        if (!_shift.Observe(ticks, explained, score, _level, out double newLevel))
        {
            return false;
        }

        if (IsHoliday(state))
        {
            MoveHoliday(state, newLevel - _level);
            return true;
        }

        _levelBeforeShift = _level;
        _level = newLevel;
        _slopePerDay = 0;
        return true;
    }

    private void Train(in State state, double value, double spread, bool isInside)
    {
        NoteShape(value);
        double error = value - state.Expected;
        if (_season is null)
        {
            double gain = Math.Max(_levelGain, 1.0 / _pointCount);
            double rate = Math.Max(PlainScaleRate, 1.0 / _pointCount);
            bool isEarly = _pointCount < _options.ReadyPoints;
            double pull = isEarly ? Math.Abs(error) : MaxPull * spread;
            _level += isInside ? gain * Math.Clamp(error, -pull, pull) : 0;
            double size = isEarly ? Math.Abs(error) : Math.Min(Math.Abs(error), MaxScatter * spread);
            _scale += rate * ((DeviationFactor * size) - _scale);
            return;
        }

        TrainSeason(_season, state, error, spread, isInside);
    }

    private void TrainSeason(SeasonProfile season, in State state, double error, double spread, bool isInside)
    {
        if (state.Place.LocalDay > _localDay)
        {
            _localDay = state.Place.LocalDay;
            ref byte visits = ref season.Visits[state.Place.Kind];
            visits = (byte)Math.Min(byte.MaxValue, visits + 1);
        }

        double unit = _isProportional ? Math.Max(state.Unit, double.Epsilon) : 1;
        double pointsPerBin = season.PointsPerBin;
        double size = Math.Min(Math.Abs(error), MaxScatter * spread) * DeviationFactor / (unit * state.Stretch);
        ref float scale = ref season.Scales[season.NearestScale(state.Place)];
        bool isHoliday = IsHoliday(state);
        scale += double.IsFinite(size) && !isHoliday ? (float)(ScaleRate / pointsPerBin * (size - scale)) : 0;
        if (!isInside)
        {
            return;
        }

        double pull = Math.Clamp(error, -MaxPull * spread, MaxPull * spread);
        double factor = state.Factor;
        _level += isHoliday ? 0 : _levelGain * pull * factor / Math.Max(1, factor * factor);
        double rate = Math.Max(SeasonRate, 1.0 / Math.Max(1, (int)season.Visits[state.Place.Kind])) / pointsPerBin;
        double change = rate * pull / unit;
        if (double.IsFinite(change))
        {
            season.Bins[state.Place.Low] += (float)(change * (1 - state.Place.HighWeight));
            season.Bins[state.Place.High] += (float)(change * state.Place.HighWeight);
        }
    }

    // What is seen of a new kind of holiday tells how the rest of it will be; the first time even what is outside the band.
    private void FollowHoliday(in State state, double error, double spread, bool isInside)
    {
        int visits = _season!.Visits[state.Place.Kind];
        if (visits > NewVisits || (visits > 1 && !isInside))
        {
            return;
        }

        double pull = Math.Clamp(error, -MaxPull * spread, MaxPull * spread);
        double gain = Math.Min(0.25, (double)_options.Step.Ticks / HolidayTicks);
        MoveHoliday(state, gain * pull * (_isProportional ? _level / Math.Max(state.Expected, MaxPull * spread) : 1));
    }

    private void MoveHoliday(in State state, double levels)
    {
        double factor = _isProportional ? Math.Max(0.01, 1 + (levels / Math.Max(_level, double.Epsilon))) : 1;
        _season!.MoveRest(state.Place, factor, _isProportional ? 0 : levels);
    }

    // What is known of one point before its value.
    private struct State
    {
        public SeasonPlace Place;
        public double Level;
        public double Unit;
        public double Factor;
        public double Departure;
        public double Expected;
        public double Scatter;
        public double Step;
        public double Stretch;

        // The deviation beyond which a value's pull does not grow.
        public double Spread;
        public double UpperWidth;
        public double LowerWidth;

        public readonly double ScoreOf(double value) =>
            value >= Expected ? (value - Expected) / UpperWidth : (value - Expected) / LowerWidth;

        // At quiet times a value says little of the level: not more than of a tenth of it.
        public readonly double LevelFor(double value, bool isProportional) =>
            isProportional ? Level + ((value - Expected) / Math.Max(Factor, 0.1)) : value - Departure;
    }
}
