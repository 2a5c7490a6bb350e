using System.Globalization;

namespace Bongsu.LogBench.Reporting;

/// <summary>Where results are kept.</summary>
internal static class ResultFiles
{
    private const long UsualRows = 5_000_000;

    /// <summary>The name of a run's files, without extension: its day, and its size where that is not the usual one.</summary>
    public static string NameOf(BenchResult result)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{result.Date:yyyy-MM-dd}-logs");
        return result.Rows == UsualRows ? name : name + "-" + Short(result.Rows);
    }

    private static string Short(long rows) => rows >= 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{rows / 1e6:0.#}m")
        : string.Create(CultureInfo.InvariantCulture, $"{rows / 1e3:0.#}k");
}
