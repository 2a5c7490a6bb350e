namespace Bongsu.Core.Series;

/// <summary>Middle and spread of values of which some are wild.</summary>
public static class RobustStatistics
{
    /// <summary>Mean absolute deviation of normal noise, without its largest seventh, in standard deviations.</summary>
    private const double TrimmedDeviation = 0.6058;

    private const double TrimmedShare = 0.15;

    // Values further from the median than so many standard deviations pull no more than those so far.
    private const double MaxPull = 2.5;

    /// <summary>The quantile of sorted values, interpolated between neighbours; NaN of none.</summary>
    /// <param name="sorted">Ascending, without NaN.</param>
    /// <param name="share">0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        double rank = share * (sorted.Length - 1);
        int below = (int)rank;
        return below + 1 >= sorted.Length
            ? sorted[^1]
            : sorted[below] + ((rank - below) * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>The middle of some values: near the mean where they are well behaved, near the median where not.</summary>
    /// <param name="values">Without NaN; left sorted.</param>
    /// <returns>NaN of no values.</returns>
    /// <remarks>One step of Huber's estimate from the median, with the median absolute deviation as scale.</remarks>
    public static double Location(Span<double> values)
    {
        if (values.Length <= 2)
        {
            return values.Length == 0 ? double.NaN : values.Length == 1 ? values[0] : (values[0] / 2) + (values[1] / 2);
        }

        values.Sort();
        double median = Quantile(values, 0.5);
        double spread = MedianDeviation(values, median) * 1.4826;
        if (spread == 0)
        {
            // More than half are equal: what the others say on average, cut at the range of the middle nine tenths.
            double low = Quantile(values, 0.05);
            double high = Quantile(values, 0.95);
            return MeanWithin(values, low, high);
        }

        return MeanWithin(values, median - (MaxPull * spread), median + (MaxPull * spread));
    }

    /// <summary>The standard deviation that normal noise of this size would have.</summary>
    /// <param name="deviations">Sizes of the deviations from what was expected; left sorted.</param>
    /// <remarks>The largest seventh is left out. Of no deviations 0.</remarks>
    public static double Scale(Span<double> deviations)
    {
        if (deviations.IsEmpty)
        {
            return 0;
        }

        deviations.Sort();
        int kept = Math.Max(1, (int)Math.Round(deviations.Length * (1 - TrimmedShare)));
        double sum = 0;
        foreach (double deviation in deviations[..kept])
        {
            sum += deviation;
        }

        return sum / kept / TrimmedDeviation;
    }

    // Of sorted values the deviations from the median fall towards it from both ends: walk inwards from them.
    private static double MedianDeviation(ReadOnlySpan<double> sorted, double median)
    {
        int low = 0;
        int high = sorted.Length - 1;
        double deviation = 0;
        for (int passed = 0; passed <= sorted.Length / 2; passed++)
        {
            double below = median - sorted[low];
            double above = sorted[high] - median;
            deviation = Math.Max(below, above);
            if (below > above)
            {
                low++;
            }
            else
            {
                high--;
            }
        }

        return deviation;
    }

    private static double MeanWithin(ReadOnlySpan<double> values, double low, double high)
    {
        double sum = 0;
        double mean = 0;
        foreach (double value in values)
        {
            sum += Math.Clamp(value, low, high);
            mean += Math.Clamp(value, low, high) / values.Length;
        }

        // The sum is more exact, unless it overflows.
        return Math.Clamp(double.IsFinite(sum) ? sum / values.Length : mean, low, high);
    }
}
