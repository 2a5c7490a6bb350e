using System.Numerics;

namespace Bongsu.Core.Series;

/// <summary>Finds after how many points a series repeats itself.</summary>
/// <remarks>
/// A period is a peak of the autocorrelation, with valleys beside it. Its score is the autocorrelation there, or at twice the
/// period where that is lower and the series at least three periods long: what repeats, repeats twice. Where a series repeats
/// itself clearly better without its line or its outliers, it is judged without them. Multiples of a period that are hardly better than it, or
/// no better than those beside them, are left out.
/// </remarks>
public static class SeriesPeriods
{
    /// <summary>The shortest period that is found.</summary>
    public const int MinPeriod = 4;

    // A peak rises above the valleys beside it by at least this.
    private const double MinRise = 0.1;

    private const double MinScore = 0.1;

    // A multiple of a period must have so many times its correlation to be a period of its own.
    private const double WorthOfMultiple = 1.25;

    // The best score must be so much better for the line to be taken off, or outliers to be clipped.
    private const double WorthOfChange = 0.1;

    private const double StrongOutlier = 3;

    // A lag is near a multiple of a period where it is no further off than this share of itself: broad peaks wander.
    private const double NearMultiple = 0.05;

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

        IReadOnlyList<(int Period, double Score)> best = Better(series, [], first, last);
        return SeriesOutliers.Clip(series, StrongOutlier) is { } clipped ? Better(clipped, best, first, last) : best;
    }

    // Of the series and the series without its line; what is known already stays unless that is clearly better.
    private static IReadOnlyList<(int Period, double Score)> Better(
        ReadOnlySpan<double> series, IReadOnlyList<(int Period, double Score)> best, int first, int last)
    {
        foreach (bool isLineTaken in (ReadOnlySpan<bool>)[false, true])
        {
            IReadOnlyList<(int Period, double Score)> found = Detect(Autocorrelation(series, isLineTaken), first, last);
            if (found.Count > 0 && (best.Count == 0 || found[0].Score > best[0].Score + WorthOfChange))
            {
                best = found;
            }
        }

        return best;
    }

    private static IReadOnlyList<(int Period, double Score)> Detect(double[] correlation, int first, int last)
    {
        List<(int Period, double Correlation)> kept = [];
        foreach (int lag in Peaks(correlation, last))
        {
            double here = correlation[lag];
            if (lag >= first && here >= MinScore
                && !kept.Any(shorter => IsMultiple(lag, shorter.Period)
                    && (here < WorthOfMultiple * shorter.Correlation || !IsHighestBeside(correlation, lag, shorter.Period))))
            {
                kept.Add((lag, here));
            }
        }

        return [.. kept.Select(peak => (peak.Period, Score: ScoreOf(correlation, peak.Period)))
            .Where(period => period.Score >= MinScore)
            .OrderByDescending(period => period.Score).ThenBy(period => period.Period)];
    }

    // Between two peaks lies a valley: ripples of noise on the slopes of a broad peak are none. A peak needs no valley after it
    // at the end of what is looked at, only to be higher than its neighbours.
    private static IEnumerable<int> Peaks(double[] correlation, int last)
    {
        int highest = 0;
        double lowest = 1;
        for (int lag = 1; lag <= last; lag++)
        {
            double here = correlation[lag];
            if (highest == 0)
            {
                lowest = Math.Min(lowest, here);
                highest = here - lowest >= MinRise ? lag : 0;
            }
            else if (here > correlation[highest])
            {
                highest = lag;
            }
            else if (correlation[highest] - here >= MinRise)
            {
                yield return highest;
                (highest, lowest) = (0, here);
            }
        }

        if (highest > 0 && correlation[highest] > correlation[highest + 1])
        {
            yield return highest;
        }
    }

    private static double ScoreOf(double[] correlation, int lag) =>
        Math.Round(Math.Min(1, 3 * lag <= correlation.Length ? Math.Min(correlation[lag], correlation[2 * lag]) : correlation[lag]), 12);

    private static bool IsMultiple(int lag, int period)
    {
        int times = (int)Math.Round((double)lag / period);
        return times >= 1 && Math.Abs(lag - (times * period)) <= Math.Max(times, NearMultiple * lag);
    }

    // The sixth day before a week is nearly as like it as the week itself.
    private static bool IsHighestBeside(double[] correlation, int lag, int period) =>
        correlation[lag] > correlation[lag - period]
        && (lag + period >= correlation.Length || correlation[lag] > correlation[lag + period]);

    // By lag, each divided by the number of its pairs, so that a perfect repetition has 1 at every multiple.
    private static double[] Autocorrelation(ReadOnlySpan<double> series, bool isLineTaken)
    {
        double[] centred = Centre(series, isLineTaken);
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
    private static double[] Centre(ReadOnlySpan<double> series, bool isLineTaken)
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
        for (int index = 0; index < values.Length; index++)
        {
            double deviation = scaled[index] - (isLineTaken ? line.At(index) : line.Mean);
            values[index] = double.IsNaN(deviation) || Math.Abs(deviation) < 1e-12 ? 0 : deviation;
        }

        return values;
    }
}
