namespace Bongsu.Core.Series;

/// <summary>A series taken apart: season, trend and what is left.</summary>
/// <remarks>
/// As KQL's <c>series_decompose</c>: the season is, for each place in the period, the median of the points there; the trend is
/// fitted to what is left; the baseline is their sum. Where the trend is a line, its growth is kept out of the medians: it would
/// be counted twice within a period. Missing points (NaN) count nowhere, but have a baseline.
/// </remarks>
public sealed class SeriesDecomposition
{
    private SeriesDecomposition(int length)
    {
        Baseline = new double[length];
        Seasonal = new double[length];
        Trend = new double[length];
        Residual = new double[length];
    }

    /// <summary>Season plus trend.</summary>
    public double[] Baseline { get; }

    /// <summary>What recurs; 0 without a period.</summary>
    public double[] Seasonal { get; }

    /// <summary>Mean, line, or 0; NaN where there is nothing to learn it from.</summary>
    public double[] Trend { get; }

    /// <summary>The series minus the baseline; NaN at missing points.</summary>
    public double[] Residual { get; }

    /// <summary>The period used; 0 where none.</summary>
    public int Period { get; private set; }

    /// <summary>Takes a series apart.</summary>
    /// <param name="series">Values at equal distances; NaN and infinities are missing.</param>
    /// <param name="period">Points of a period; 0 for none, negative to find it.</param>
    /// <param name="trend">What the trend is.</param>
    /// <param name="testPoints">So many points at the end are not learnt from; 0 or more.</param>
    /// <param name="threshold">A period found counts from this score on.</param>
    public static SeriesDecomposition Of(
        ReadOnlySpan<double> series, long period, SeriesTrend trend, long testPoints, double threshold)
    {
        var result = new SeriesDecomposition(series.Length);
        double[] values = Finite(series);
        Span<double> learnt = values.AsSpan(0, (int)Math.Clamp(series.Length - testPoints, 0, series.Length));
        result.Period = period < 0 ? FindPeriod(learnt, threshold) : (int)Math.Min(period, series.Length);
        if (result.Period > 0)
        {
            SeasonOf(trend == SeriesTrend.Line ? WithoutGrowth(learnt) : learnt, result.Period, result.Seasonal);
        }

        double[] rest = new double[learnt.Length];
        for (int index = 0; index < rest.Length; index++)
        {
            rest[index] = learnt[index] - result.Seasonal[index];
        }

        SeriesLine line = SeriesLine.Fit(rest);
        for (int index = 0; index < series.Length; index++)
        {
            result.Trend[index] = trend switch
            {
                SeriesTrend.Average => line.Mean,
                SeriesTrend.Line => line.At(index),
                _ => 0,
            };
            result.Baseline[index] = result.Seasonal[index] + result.Trend[index];
            result.Residual[index] = values[index] - result.Baseline[index];
        }

        return result;
    }

    /// <summary>The period with the best score, where it is good enough; else 0.</summary>
    public static int FindPeriod(ReadOnlySpan<double> series, double threshold)
    {
        IReadOnlyList<(int Period, double Score)> periods = SeriesPeriods.Detect(series, 0, series.Length);
        return periods.Count > 0 && periods[0].Score >= threshold ? periods[0].Period : 0;
    }

    /// <summary>The season alone: medians by place in the period, repeated.</summary>
    /// <param name="series">What is learnt; NaN is missing. Not longer than <paramref name="season"/>.</param>
    /// <param name="period">1 or more.</param>
    /// <param name="season">Filled; 0 at places that were never seen.</param>
    public static void SeasonOf(ReadOnlySpan<double> series, int period, Span<double> season)
    {
        double[] phase = new double[(series.Length / period) + 1];
        for (int place = 0; place < Math.Min(period, season.Length); place++)
        {
            int count = 0;
            for (int index = place; index < series.Length; index += period)
            {
                phase[count] = series[index];
                count += double.IsFinite(series[index]) ? 1 : 0;
            }

            Span<double> seen = phase.AsSpan(0, count);
            seen.Sort();
            double median = count == 0 ? 0 : RobustStatistics.Quantile(seen, 0.5);
            for (int index = place; index < season.Length; index += period)
            {
                season[index] = median;
            }
        }
    }

    private static double[] WithoutGrowth(ReadOnlySpan<double> series)
    {
        SeriesLine line = SeriesLine.Fit(series);
        double[] level = new double[series.Length];
        for (int index = 0; index < level.Length; index++)
        {
            level[index] = series[index] - (line.At(index) - line.Mean);
        }

        return level;
    }

    private static double[] Finite(ReadOnlySpan<double> series)
    {
        double[] values = series.ToArray();
        foreach (ref double value in values.AsSpan())
        {
            value = double.IsFinite(value) ? value : double.NaN;
        }

        return values;
    }
}
