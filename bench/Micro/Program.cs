using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Bongsu.Micro;

// ./dev bench micro [--set-budgets] [options of BenchmarkDotNet, such as --filter '*Ndjson*']
bool setsBudgets = args.Contains("--set-budgets");
string[] rest = [.. args.Where(argument => argument != "--set-budgets")];
string budgets = Path.Combine(Environment.GetEnvironmentVariable("BONGSU_BENCH") ?? "bench", "budgets.json");

// In this process: the kernels are the same there, and nothing is built for each benchmark.
ManualConfig config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithIterationTime(TimeInterval.FromMilliseconds(100)).WithToolchain(InProcessEmitToolchain.Instance))
    .AddLogger(ConsoleLogger.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddExporter(MarkdownExporter.GitHub)
    .WithArtifactsPath(Path.Combine("artifacts", "micro"))
    .WithOptions(ConfigOptions.JoinSummary);
Summary[] summaries =
    [.. BenchmarkSwitcher.FromAssembly(typeof(EncodingBenchmarks).Assembly).Run(rest.Length > 0 ? rest : ["--filter", "*"], config)];
if (setsBudgets)
{
    Budgets.Set(summaries, budgets);
    return 0;
}

string[] findings = [.. Budgets.Check(summaries, budgets)];
foreach (string finding in findings)
{
    Console.Error.WriteLine("over budget: " + finding);
}

bool hasRun = summaries.Any(summary => summary.Reports.Any(report => report.Success));
bool hasFailed = summaries.Any(summary => summary.Reports.Any(report => !report.Success));
return findings.Length == 0 && hasRun && !hasFailed ? 0 : 1;
