namespace Bongsu.Core.Series;

/// <summary>The line of least squares through a series.</summary>
/// <param name="Mean">Mean of the values; NaN of none.</param>
/// <param name="Slope">Growth from point to point.</param>
/// <param name="MeanIndex">Mean place of the values.</param>
internal readonly record struct SeriesLine(double Mean, double Slope, double MeanIndex)
{
    private const double Huge = 1e120;

    /// <summary>Fits the line; points that are not finite do not count.</summary>
    public static SeriesLine Fit(ReadOnlySpan<double> series)
    {
        double unit = UnitOf(series);
        int count = 0;
        double sum = 0;
        double mean = 0;
        double meanIndex = 0;
        double indexSquares = 0;
        double products = 0;
        for (int index = 0; index < series.Length; index++)
        {
            if (!double.IsFinite(series[index]))
            {
                continue;
            }

            // Welford's update: no large sums that cancel.
            double value = series[index] * unit;
            count++;
            sum += value;
            double deviation = value - mean;
            double indexDeviation = index - meanIndex;
            mean += deviation / count;
            meanIndex += indexDeviation / count;
            indexSquares += indexDeviation * (index - meanIndex);
            products += deviation * (index - meanIndex);
        }

        double slope = indexSquares > 0 ? products / indexSquares / unit : 0;
        // Exact where the sum is.
        return new SeriesLine(count == 0 ? double.NaN : sum / count / unit, slope, meanIndex);
    }

    /// <summary>The line's value at a place.</summary>
    public double At(int index) => Mean + (Slope * (index - MeanIndex));

    // Sums and products of huge values must not overflow; a power of two changes no digit.
    private static double UnitOf(ReadOnlySpan<double> series)
    {
        foreach (double value in series)
        {
            if (double.IsFinite(value) && Math.Abs(value) > Huge)
            {
                return Math.ScaleB(1, -600);
            }
        }

        return 1;
    }
}
