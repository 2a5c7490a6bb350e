namespace Bongsu.Core.Series;

/// <summary>How far values lie outside the bulk of a series: Tukey's fences.</summary>
public static class SeriesOutliers
{
    // Where the bulk has no width, this share of the largest value is its width: scores stay finite.
    private const double LeastRange = 1e-9;

    /// <summary>Scores every value by how many widths of the bulk it lies outside of it.</summary>
    /// <param name="series">Values; NaN and infinities are missing.</param>
    /// <param name="lowPercentile">Below it ends the bulk; 0 to 100.</param>
    /// <param name="highPercentile">Above it ends the bulk; more than the other.</param>
    /// <param name="learntLength">The bulk is that of so many values at the beginning; all where 0 or too many.</param>
    /// <param name="magnitude">Values as large as this are at home here, for telling scatter from rounding.</param>
    /// <returns>0 inside the bulk and at missing values, positive above, negative below.</returns>
    public static double[] Score(
        ReadOnlySpan<double> series, double lowPercentile, double highPercentile, int learntLength = 0, double magnitude = 0)
    {
        double[] sorted = new double[series.Length];
        int count = 0;
        double largest = magnitude;
        for (int index = 0; index < series.Length; index++)
        {
            bool isKnown = double.IsFinite(series[index]);
            largest = isKnown ? Math.Max(largest, Math.Abs(series[index])) : largest;
            sorted[count] = series[index];
            count += isKnown && (learntLength <= 0 || index < learntLength) ? 1 : 0;
        }

        Span<double> bulk = sorted.AsSpan(0, count);
        bulk.Sort();
        double low = RobustStatistics.Quantile(bulk, lowPercentile / 100);
        double high = RobustStatistics.Quantile(bulk, highPercentile / 100);
        double width = Math.Max((high / 2) - (low / 2), LeastRange * largest / 2);
        double[] scores = new double[series.Length];
        for (int index = 0; index < scores.Length && width > 0; index++)
        {
            double value = series[index];
            double beyond = value > high ? (value / 2) - (high / 2) : value < low ? (value / 2) - (low / 2) : 0;
            scores[index] = double.IsFinite(value) && double.IsFinite(beyond) ? beyond / width : 0;
        }

        return scores;
    }
}
