using System.Globalization;
using Bongsu.LogBench;
using Bongsu.LogBench.Alerts;
using Bongsu.LogBench.Answers;
using Bongsu.LogBench.Bands;
using Bongsu.LogBench.Generation;
using Bongsu.LogBench.Reporting;
using Bongsu.LogBench.Rules;

try
{
    switch (args)
    {
        case ["logs", .. string[] rest]:
            await LogsAsync(BenchOptions.Parse(rest));
            return 0;
        case ["alerts"]:
            await AlertsAsync();
            return 0;
        case ["rules", .. string[] rest]:
            await RulesAsync(RulesOptions.Parse(rest));
            return 0;
        case ["bands", .. string[] rest]:
            await BandsAsync(BandsOptions.Parse(rest));
            return 0;
        case ["generate", string path, .. string[] rest]:
            BenchOptions options = BenchOptions.Parse(rest);
            LogFile file = LogFile.Write(new LogGenerator(options.Rows, options.Days, options.Seed), path);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.SizeBytes:N0} bytes"));
            return 0;
        case ["chart", string results, string svg]:
            File.WriteAllText(svg, new Chart(BenchResult.Read(results)).Draw());
            return 0;
        default:
            Console.Error.WriteLine("logs | alerts | rules | bands | generate FILE | chart RESULTS.json FILE.svg; see bench/README.md");
            return 2;
    }
}
catch (WrongAnswerException wrong)
{
    Console.Error.WriteLine($"WRONG ANSWER: {wrong.Message}");
    return 1;
}
catch (ArgumentException error)
{
    Console.Error.WriteLine($"bench: {error.Message}");
    return 2;
}

static async Task LogsAsync(BenchOptions options)
{
    BenchResult result = await new LogRun(options).RunAsync();
    BenchResult? against = options.Against is null ? null : BenchResult.Read(options.Against);
    string elsewhere = Path.Combine(Environment.GetEnvironmentVariable("BONGSU_PEERS") ?? "", "elsewhere.json");
    string report = new MarkdownReport(result, new Verdict(result, elsewhere), against).Write();
    Console.WriteLine(report);
    if (options.Chart is not null)
    {
        File.WriteAllText(options.Chart, new Chart(result).Draw());
    }

    if (options.Results is not null)
    {
        string name = ResultFiles.NameOf(result);
        Save(options.Results, name, report, result.ToJson());
        Console.Error.WriteLine($"written: {Path.Combine(options.Results, name)}.md and .json");
    }
}

static async Task AlertsAsync()
{
    AlertDelay delay = await AlertDelay.RunAsync();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"row sent to webhook received, beyond the window's end: p50 {delay.P50Ms:0} ms, p99 {delay.P99Ms:0} ms"));
}

static async Task RulesAsync(RulesOptions options)
{
    RulesFigures figures = await new RulesRun(options).RunAsync();
    string report = figures.ToMarkdown();
    Console.WriteLine(report);
    string name = string.Create(CultureInfo.InvariantCulture, $"{figures.Date:yyyy-MM-dd}-rules-{options.Rules / 1000}k-{options.Rate / 1000}k");
    Save(options.Results, name, report, figures.ToJson());
}

static async Task BandsAsync(BandsOptions options)
{
    BandsFigures figures = await new BandsRun(options).RunAsync();
    string report = figures.ToMarkdown();
    Console.WriteLine(report);
    Save(options.Results, string.Create(CultureInfo.InvariantCulture, $"{figures.Date:yyyy-MM-dd}-bands"), report, figures.ToJson());
}

static void Save(string? folder, string name, string report, string json)
{
    if (folder is null)
    {
        return;
    }

    Directory.CreateDirectory(folder);
    string path = Path.Combine(folder, name);
    File.WriteAllText(path + ".md", report);
    File.WriteAllText(path + ".json", json);
}
