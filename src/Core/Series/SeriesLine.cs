namespace Bongsu.Core.Series;

/// <summary>The line of least squares through a series.</summary>
/// <param name="Mean">Mean of the values; NaN of none.</param>
/// <param name="Slope">Growth from point to point.</param>
/// <param name="MeanIndex">Mean place of the values.</param>
/// <param name="ShareExplained">Part of the variance that the line takes away, 0 to 1.</param>
internal readonly record struct SeriesLine(double Mean, double Slope, double MeanIndex, double ShareExplained)
{
    /// <summary>Fits the line; points that are NaN do not count.</summary>
    public static SeriesLine Fit(ReadOnlySpan<double> series)
    {
        int count = 0;
        double sum = 0;
        double mean = 0;
        double meanIndex = 0;
        double squares = 0;
        double indexSquares = 0;
        double products = 0;
        for (int index = 0; index < series.Length; index++)
        {
            if (double.IsNaN(series[index]))
            {
                continue;
            }

            // Welford's update: no large sums that cancel.
            count++;
            sum += series[index];
            double deviation = series[index] - mean;
            double indexDeviation = index - meanIndex;
            mean += deviation / count;
            meanIndex += indexDeviation / count;
            squares += deviation * (series[index] - mean);
            indexSquares += indexDeviation * (index - meanIndex);
            products += deviation * (index - meanIndex);
        }

        double slope = indexSquares > 0 ? products / indexSquares : 0;
        double explained = squares > 0 && indexSquares > 0 ? Math.Min(1, slope * products / squares) : 0;
        // Exact where the sum is.
        mean = double.IsFinite(sum) ? sum / count : mean;
        return new SeriesLine(count == 0 ? double.NaN : mean, slope, meanIndex, explained);
    }

    /// <summary>The line's value at a place.</summary>
    public double At(int index) => Mean + (Slope * (index - MeanIndex));
}
