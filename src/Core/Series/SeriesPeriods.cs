using System.Numerics;

namespace Bongsu.Core.Series;

/// <summary>Finds after how many points a series repeats itself.</summary>
/// <remarks>
/// A period is a peak of the autocorrelation with a valley before it. Its score is the autocorrelation there, or at twice the
/// period where that is lower and the series at least three periods long: what repeats, repeats twice. A series that is above
/// all a line is judged without it. Multiples of a period that are hardly better than it are left out.
/// </remarks>
public static class SeriesPeriods
{
    /// <summary>The shortest period that is found.</summary>
    public const int MinPeriod = 4;

    // A peak rises above the lowest value before it by at least this.
    private const double MinRise = 0.1;

    private const double MinScore = 0.1;

    // A multiple of a period must have so many times its correlation to be a period of its own.
    private const double WorthOfMultiple = 1.25;

    // A line that explains more than this share of the variance is taken off.
    private const double ShareOfLine = 0.2;

    /// <summary>The periods, best first.</summary>
    /// <param name="series">Values at equal distances; NaN and infinities are missing.</param>
    /// <param name="minPeriod">The shortest to look for; <see cref="MinPeriod"/> at least.</param>
    /// <param name="maxPeriod">The longest to look for; half the series at most.</param>
    /// <returns>Periods with scores of 0.1 to 1; what scores less is chance.</returns>
    public static IReadOnlyList<(int Period, double Score)> Detect(ReadOnlySpan<double> series, double minPeriod, double maxPeriod)
    {
        int first = (int)Math.Max(MinPeriod, Math.Ceiling(Math.Clamp(minPeriod, 0, int.MaxValue)));
        int last = (int)Math.Min(series.Length / 2, Math.Floor(Math.Clamp(maxPeriod, 0, int.MaxValue)));
        if (double.IsNaN(minPeriod) || double.IsNaN(maxPeriod) || first > last)
        {
            return [];
        }

        double[] correlation = Autocorrelation(series);
        List<(int Period, double Correlation)> kept = [];
        double lowest = 1;
        for (int lag = 1; lag <= last; lag++)
        {
            double here = correlation[lag];
            lowest = Math.Min(lowest, here);
            bool isPeak = lag >= first && here >= correlation[lag - 1] && here > correlation[lag + 1] && here - lowest >= MinRise;
            if (isPeak && !kept.Any(shorter => IsMultiple(lag, shorter.Period) && here < WorthOfMultiple * shorter.Correlation))
            {
                kept.Add((lag, here));
            }
        }

        return [.. kept.Select(peak => (peak.Period, Score: ScoreOf(correlation, peak.Period)))
            .Where(period => period.Score >= MinScore)
            .OrderByDescending(period => period.Score).ThenBy(period => period.Period)];
    }

    private static double ScoreOf(double[] correlation, int lag) =>
        Math.Round(Math.Min(1, 3 * lag <= correlation.Length ? Math.Min(correlation[lag], correlation[2 * lag]) : correlation[lag]), 12);

    private static bool IsMultiple(int lag, int period)
    {
        int times = (int)Math.Round((double)lag / period);
        return times >= 1 && Math.Abs(lag - (times * period)) <= times;
    }

    // By lag, each divided by the number of its pairs, so that a perfect repetition has 1 at every multiple.
    private static double[] Autocorrelation(ReadOnlySpan<double> series)
    {
        double[] centred = Centre(series);
        var spectrum = new Complex[BitOperations.RoundUpToPowerOf2((uint)series.Length * 2)];
        for (int index = 0; index < centred.Length; index++)
        {
            spectrum[index] = centred[index];
        }

        FourierTransform.Transform(spectrum);
        for (int index = 0; index < spectrum.Length; index++)
        {
            double power = (spectrum[index].Real * spectrum[index].Real) + (spectrum[index].Imaginary * spectrum[index].Imaginary);
            spectrum[index] = power;
        }

        FourierTransform.Transform(spectrum, isInverse: true);
        double variance = spectrum[0].Real / series.Length;
        double[] correlation = new double[series.Length];
        for (int lag = 0; lag < correlation.Length && variance > 0; lag++)
        {
            correlation[lag] = spectrum[lag].Real / (series.Length - lag) / variance;
        }

        return correlation;
    }

    // Without mean, or without its line; missing points are nothing. Scaled to 1 at most, so that no square overflows.
    private static double[] Centre(ReadOnlySpan<double> series)
    {
        double[] values = new double[series.Length];
        double largest = 0;
        foreach (double value in series)
        {
            largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : largest;
        }

        double[] scaled = new double[series.Length];
        for (int index = 0; index < scaled.Length; index++)
        {
            scaled[index] = double.IsFinite(series[index]) && largest > 0 ? series[index] / largest : double.NaN;
        }

        var line = SeriesLine.Fit(scaled);
        bool isLine = line.ShareExplained > ShareOfLine;
        for (int index = 0; index < values.Length; index++)
        {
            double deviation = scaled[index] - (isLine ? line.At(index) : line.Mean);
            values[index] = double.IsNaN(deviation) || Math.Abs(deviation) < 1e-12 ? 0 : deviation;
        }

        return values;
    }
}
