using System.Globalization;
using System.Runtime.InteropServices;

namespace Bongsu.LogBench.Reporting;

/// <summary>The machine of a run.</summary>
/// <param name="Processor">Model of its CPU.</param>
/// <param name="Cores">Cores the run may use.</param>
/// <param name="MemoryGb">Memory, in GB of 1,000,000,000 bytes.</param>
/// <param name="Kernel">Its operating system's kernel.</param>
/// <param name="Runtime">.NET.</param>
/// <param name="LoadAverage">Processes that wanted to run in the minute before: above 0.5 the figures are disturbed.</param>
internal sealed record Machine(string Processor, int Cores, double MemoryGb, string Kernel, string Runtime, double LoadAverage)
{
    /// <summary>The machine this runs on.</summary>
    public static Machine Here() => new(
        Field("/proc/cpuinfo", "model name"),
        Environment.ProcessorCount,
        Math.Round(long.Parse(Field("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) * 1024 / 1e9),
        $"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Split('-')[0].Trim()}",
        RuntimeInformation.FrameworkDescription,
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    private static string Field(string file, string name) => File.ReadLines(file)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault("unknown");
}
