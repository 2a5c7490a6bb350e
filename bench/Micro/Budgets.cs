using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Bongsu.Micro;

/// <summary>Bytes that one operation of each benchmark may allocate.</summary>
internal static class Budgets
{
    // What a run allocates moves a little with the pools' state; more than this is a change of the code.
    private const double Headroom = 1.25;
    private static readonly JsonSerializerOptions s_json =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Compares a run with the budgets.</summary>
    /// <returns>What is wrong, one line each.</returns>
    public static IEnumerable<string> Check(IEnumerable<Summary> summaries, string path)
    {
        SortedDictionary<string, long> budgets = Read(path);
        foreach ((string name, long allocated) in Measured(summaries))
        {
            if (!budgets.TryGetValue(name, out long budget))
            {
                yield return $"{name}: {allocated:N0} bytes, without a budget";
            }
            else if (allocated > budget)
            {
                yield return $"{name}: {allocated:N0} bytes, the budget is {budget:N0}";
            }
        }
    }

    /// <summary>Makes what a run took the budget, with some room.</summary>
    public static void Set(IEnumerable<Summary> summaries, string path)
    {
        SortedDictionary<string, long> budgets = Read(path);
        foreach ((string name, long allocated) in Measured(summaries))
        {
            budgets[name] = (long)(allocated * Headroom);
        }

        File.WriteAllText(path, JsonSerializer.Serialize(budgets, s_json) + "\n");
    }

    private static SortedDictionary<string, long> Read(string path) => File.Exists(path)
        ? new(JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllText(path))!, StringComparer.Ordinal)
        : new(StringComparer.Ordinal);

    private static IEnumerable<(string Name, long Allocated)> Measured(IEnumerable<Summary> summaries) =>
        from summary in summaries
        from report in summary.Reports
        let allocated = report.Success ? report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) : null
        where allocated is not null
        select (NameOf(report.BenchmarkCase), allocated.Value);

    private static string NameOf(BenchmarkCase benchmark)
    {
        string parameters = string.Join(", ", benchmark.Parameters.Items.Select(item => item.Value));
        string name = $"{benchmark.Descriptor.Type.Name}.{benchmark.Descriptor.WorkloadMethod.Name}";
        return parameters.Length > 0 ? $"{name}: {parameters}" : name;
    }
}
