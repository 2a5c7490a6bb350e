using System.Diagnostics;
using System.Globalization;
using Bongsu.Alert.Bands;

namespace Bongsu.Conformance;

/// <summary>Scores the streaming detector on a folder of labelled series.</summary>
internal static class NabRunner
{
    /// <summary>Prints the gain of each file by profile, the totals with their thresholds, and the cost of a value.</summary>
    public static int Run(string folder, TextWriter output)
    {
        if (!File.Exists(Path.Combine(folder, "labels", "combined_windows.json")))
        {
            output.WriteLine($"no labels/combined_windows.json in {folder}");
            return 2;
        }

        IReadOnlyList<NabSeries> series = NabSeries.ReadAll(folder);
        Score(series); // so that the code is compiled when it is measured
        TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
        double[][] scores = Score(series);
        TimeSpan cost = Process.GetCurrentProcess().TotalProcessorTime - start;
        (double Score, double Threshold)[] best = [.. NabProfile.All.Select(profile => NabScorer.Best(series, scores, profile))];

        Line(output, $"{"gain over no detection",-60}{string.Concat(NabProfile.All.Select(profile => $"{profile.Name,20}"))}");
        for (int index = 0; index < series.Count; index++)
        {
            string gains = string.Concat(NabProfile.All.Select((profile, number) =>
                Number(NabScorer.Gain(series[index], scores[index], best[number].Threshold, profile), "0.00")));
            Line(output, $"{series[index].Name,-60}{gains}  of {series[index].Windows.Length} windows");
        }

        Line(output, $"{"threshold",-60}{string.Concat(best.Select(one => Number(one.Threshold, "0.0000")))}");
        Line(output, $"{"score",-60}{string.Concat(best.Select(one => Number(one.Score, "0.0")))}");
        double valueCount = series.Sum(one => one.Values.Length);
        Line(output, $"{cost.TotalNanoseconds / valueCount:0} ns a value, {new StreamingDetector().MeasureBytes()} bytes a series");
        return 0;
    }

    /// <summary>The detector's scores, each series with a detector of its own.</summary>
    public static double[][] Score(IReadOnlyList<NabSeries> series) => [.. series.Select(Score)];

    private static double[] Score(NabSeries series)
    {
        var detector = new StreamingDetector();
        return [.. series.Ticks.Zip(series.Values, detector.Score)];
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture).PadLeft(20);

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
