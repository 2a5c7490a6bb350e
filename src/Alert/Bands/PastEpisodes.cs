namespace Bongsu.Alert.Bands;

/// <summary>How often a history was outside of its own band, and how far: what happens every other day is no anomaly.</summary>
internal sealed class PastEpisodes
{
    // Points outside that are closer than this are one episode.
    private const long GapTicks = TimeSpan.TicksPerHour;

    // So many in a week are incidents; more are the series' own habit.
    private const double PerWeek = 1;

    private const double Margin = 1.05;
    private const double MaxTail = 50;

    private readonly List<double> _peaks = [];
    private long _lastTicks = long.MinValue;

    /// <summary>Notes a point outside; in order of time.</summary>
    /// <param name="ticks">When.</param>
    /// <param name="width">The width, in standard deviations of the band, that would have held it.</param>
    public void Add(long ticks, double width)
    {
        if (_lastTicks == long.MinValue || ticks - _lastTicks > GapTicks)
        {
            _peaks.Add(width);
        }

        _peaks[^1] = Math.Max(_peaks[^1], width);
        _lastTicks = ticks;
    }

    /// <summary>The factor of the width with which no more episodes than usual incidents would have been outside.</summary>
    /// <param name="historyTicks">Length of the history.</param>
    /// <param name="tail">The factor so far; the result is not less.</param>
    public double Widen(long historyTicks, double tail)
    {
        int allowed = (int)Math.Ceiling(Math.Max(1, PerWeek * historyTicks / (7.0 * TimeSpan.TicksPerDay)));
        if (_peaks.Count <= allowed)
        {
            return tail;
        }

        _peaks.Sort();
        return Math.Clamp(_peaks[^(allowed + 1)] * Margin, tail, Math.Max(tail, MaxTail));
    }
}
