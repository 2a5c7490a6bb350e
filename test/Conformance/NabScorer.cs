namespace Bongsu.Conformance;

/// <summary>The score of the Numenta Anomaly Benchmark: early detections count, repeated ones within a window do not.</summary>
/// <remarks>Source: Lavin and Ahmad, "Evaluating Real-time Anomaly Detection Algorithms", ICMLA 2015, section II.</remarks>
internal static class NabScorer
{
    /// <summary>The gain of a series over no detection at all, in units of the profile.</summary>
    /// <param name="series">The series.</param>
    /// <param name="scores">One for each row, 0 to 1.</param>
    /// <param name="threshold">What a score must reach to be a detection.</param>
    /// <param name="profile">What detections are worth.</param>
    public static double Gain(NabSeries series, double[] scores, double threshold, NabProfile profile)
    {
        double gain = 0;
        var best = new Dictionary<int, double>();
        foreach (Detection detection in Detections(series, scores).Where(detection => detection.Score >= threshold))
        {
            gain += GainOf(detection, best, detection.Window, profile);
        }

        return gain;
    }

    /// <summary>The normalised score of several series with the one threshold that is best for them.</summary>
    /// <returns>100 for the first row of each window and no other, 0 for no detection; infinite threshold: none pays.</returns>
    public static (double Score, double Threshold) Best(
        IReadOnlyList<NabSeries> series, IReadOnlyList<double[]> scores, NabProfile profile)
    {
        (Detection Detection, int Series)[] all =
        [
            .. series.SelectMany((one, index) => Detections(one, scores[index]).Select(detection => (detection, index)))
                .OrderByDescending(one => one.detection.Score),
        ];
        var best = new Dictionary<(int, int), double>();
        double gain = 0;
        (double Gain, double Threshold) top = (0, double.PositiveInfinity);
        for (int index = 0; index < all.Length; index++)
        {
            Detection detection = all[index].Detection;
            gain += GainOf(detection, best, (all[index].Series, detection.Window), profile);
            bool isLastOfScore = index + 1 == all.Length || all[index + 1].Detection.Score < detection.Score;
            if (isLastOfScore && gain > top.Gain)
            {
                top = (gain, detection.Score);
            }
        }

        int windowCount = series.Sum(one => one.Windows.Length);
        return (100 * top.Gain / (windowCount * (profile.TruePositive + profile.FalseNegative)), top.Threshold);
    }

    /// <summary>Rows at the start of a series that count for nothing.</summary>
    public static int Probation(int rowCount) => Math.Min((int)(0.15 * rowCount), 750);

    // What a detection adds, given the best value of its window so far; the first also saves the cost of a miss.
    private static double GainOf<TKey>(Detection detection, Dictionary<TKey, double> best, TKey window, NabProfile profile)
        where TKey : notnull
    {
        if (detection.Window < 0)
        {
            return profile.FalsePositive * detection.Value;
        }

        bool isFirst = !best.TryGetValue(window, out double former);
        best[window] = isFirst ? detection.Value : Math.Max(former, detection.Value);
        return (profile.TruePositive * (best[window] - former)) + (isFirst ? profile.FalseNegative : 0);
    }

    private static IEnumerable<Detection> Detections(NabSeries series, double[] scores)
    {
        int window = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            while (window < series.Windows.Length && row > series.Windows[window].Last)
            {
                window++;
            }

            if (row >= Probation(scores.Length))
            {
                yield return Detect(series.Windows, window, row, scores[row]);
            }
        }
    }

    // 'next' is the window that the row is in or before.
    private static Detection Detect((int First, int Last)[] windows, int next, int row, double score)
    {
        if (next < windows.Length && row >= windows[next].First)
        {
            (int first, int last) = windows[next];
            return new Detection(score, next, Sigmoid(-(last - row + 1.0) / (last - first + 1)) / Sigmoid(-1));
        }

        if (next == 0)
        {
            return new Detection(score, -1, -1);
        }

        (int begin, int end) = windows[next - 1];
        return new Detection(score, -1, Sigmoid((row - end) / (double)(end - begin)));
    }

    private static double Sigmoid(double position) => position > 3 ? -1 : (2 / (1 + Math.Exp(5 * position))) - 1;

    /// <summary>A row's score and what it is worth should it be a detection.</summary>
    /// <param name="Score">The detector's.</param>
    /// <param name="Window">That it is in; -1 outside.</param>
    /// <param name="Value">1 for the first row of a window, -1 far from any.</param>
    private readonly record struct Detection(double Score, int Window, double Value);
}
