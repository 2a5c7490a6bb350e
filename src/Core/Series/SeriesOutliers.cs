namespace Bongsu.Core.Series;

/// <summary>How far values lie outside the bulk of a series: Tukey's fences.</summary>
/// <remarks>
/// The bulk is what lies between two quartiles. They are told from two percentiles as though the values were normal: the 25th
/// and 75th are the quartiles themselves; the 10th and 90th give the same fences for normal values, but are less misled where
/// many values are equal. So 1.5 and 3 mean for every pair of percentiles what they mean for Tukey: 2.7 and 4.7 standard deviations.
/// </remarks>
public static class SeriesOutliers
{
    // Where the bulk has no width, this share of the largest value is its width: scores stay finite.
    private const double LeastRange = 1e-9;

    /// <summary>Scores every value by how many widths of the bulk (interquartile ranges) it lies outside of it.</summary>
    /// <param name="series">Values; NaN and infinities are missing.</param>
    /// <param name="lowPercentile">Tells the lower quartile; 1 to 99.</param>
    /// <param name="highPercentile">Tells the upper quartile; more than the other.</param>
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
        (double low, double high) = Quartiles(bulk, lowPercentile / 100, highPercentile / 100);
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

    /// <summary>The series with what lies further than some widths outside the bulk brought there; null where nothing does.</summary>
    /// <param name="series">Values; NaN and infinities are missing.</param>
    /// <param name="widths">Scores above this are brought down to it.</param>
    internal static double[]? Clip(ReadOnlySpan<double> series, double widths)
    {
        double[] sorted = [.. series.ToArray().Where(double.IsFinite)];
        sorted.AsSpan().Sort();
        (double low, double high) = Quartiles(sorted, 0.1, 0.9);
        double least = low - (widths * (high - low));
        double most = high + (widths * (high - low));
        if (!(high > low) || !double.IsFinite(least) || !double.IsFinite(most) || (sorted[0] >= least && sorted[^1] <= most))
        {
            return null;
        }

        double[] clipped = series.ToArray();
        foreach (ref double value in clipped.AsSpan())
        {
            value = double.IsFinite(value) ? Math.Clamp(value, least, most) : double.NaN;
        }

        return clipped;
    }

    // Halved where they are subtracted: the distance of two finite values may not be finite.
    private static (double Low, double High) Quartiles(ReadOnlySpan<double> sorted, double lowShare, double highShare)
    {
        double low = RobustStatistics.Quantile(sorted, lowShare);
        double high = RobustStatistics.Quantile(sorted, highShare);
        double quartile = NormalQuantile.At(0.75);
        double lowPlace = NormalQuantile.At(lowShare);
        double highPlace = NormalQuantile.At(highShare);
        double halfDeviation = ((high / 2) - (low / 2)) / (highPlace - lowPlace);
        return (low - ((quartile + lowPlace) * halfDeviation * 2), high - ((highPlace - quartile) * halfDeviation * 2));
    }
}
