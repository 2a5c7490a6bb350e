namespace Bongsu.LogBench.Queries;

/// <summary>How often a query is repeated after its first run, on every engine.</summary>
internal static class WarmRuns
{
    /// <summary>At least so often.</summary>
    public const int Least = 5;

    /// <summary>At most so often.</summary>
    public const int Most = 25;

    /// <summary>Between these bounds, until so many ms have passed.</summary>
    public const int EnoughMs = 300;

    /// <summary>The value in the middle.</summary>
    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
