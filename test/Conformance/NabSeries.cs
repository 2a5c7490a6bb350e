using System.Globalization;
using System.Text.Json;

namespace Bongsu.Conformance;

/// <summary>One labelled series of the Numenta Anomaly Benchmark.</summary>
/// <param name="Name">Category and file name.</param>
/// <param name="Ticks">Times of the rows.</param>
/// <param name="Values">Values of the rows.</param>
/// <param name="Windows">Rows of each anomaly, first and last, in order.</param>
internal sealed record NabSeries(string Name, long[] Ticks, double[] Values, (int First, int Last)[] Windows)
{
    /// <summary>The series of a folder with <c>data/</c> and <c>labels/combined_windows.json</c>, by name.</summary>
    public static IReadOnlyList<NabSeries> ReadAll(string folder)
    {
        using var labels = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "labels", "combined_windows.json")));
        return
        [
            .. labels.RootElement.EnumerateObject()
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => Read(folder, file.Name, file.Value)),
        ];
    }

    private static NabSeries Read(string folder, string name, JsonElement windows)
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(folder, "data", name)).Skip(1).Select(line => line.Split(','))];
        long[] ticks = [.. rows.Select(row => ParseTime(row[0]))];
        double[] values = [.. rows.Select(row => double.Parse(row[1], CultureInfo.InvariantCulture))];
        return new NabSeries(name, ticks, values, [.. windows.EnumerateArray().Select(window => Find(ticks, window))]);
    }

    private static (int First, int Last) Find(long[] ticks, JsonElement window) =>
        (Array.IndexOf(ticks, ParseTime(window[0].GetString()!)), Array.LastIndexOf(ticks, ParseTime(window[1].GetString()!)));

    private static long ParseTime(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture).Ticks;
}
