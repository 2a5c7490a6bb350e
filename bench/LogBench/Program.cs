using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bongsu.Bench;

var options = new Dictionary<string, string>();
for (int index = 0; index + 1 < args.Length; index += 2)
{
    options[args[index]] = args[index + 1];
}

long rows = long.Parse(options.GetValueOrDefault("--rows", "1000000"));
int days = int.Parse(options.GetValueOrDefault("--days", "1"));
int seed = int.Parse(options.GetValueOrDefault("--seed", "20261101"));
string executable = Environment.GetEnvironmentVariable("BONGSU_EXE") ?? throw new InvalidOperationException("BONGSU_EXE must name the executable");
string folder = Directory.CreateTempSubdirectory("bongsu-bench-").FullName;
try
{
    await using var webhook = new WebhookReceiver();
    string rules = Path.Combine(folder, "rules");
    AlertDelay.WriteRule(rules, webhook.Address);
    using ServerUnderTest server = await ServerUnderTest.StartAsync(executable, Path.Combine(folder, "data"), rules);
    double emptyMb = server.ResidentMb;
    var generator = new LogGenerator(rows, days, seed);
    LoadFigures load = await Load.RunAsync(server, generator, options.GetValueOrDefault("--file"));
    long sizeBytes = await Load.SettleAsync(server);
    Console.WriteLine($"\n{load.Rows:N0} rows, {load.Bytes / 1e6:N0} MB of NDJSON, {Environment.ProcessorCount} cores\n");
    Console.WriteLine("| figure | value |\n|---|---|");
    Console.WriteLine($"| load | {load.Rows / load.Elapsed.TotalSeconds:N0} rows/s, {load.Bytes / 1e6 / load.Elapsed.TotalSeconds:N0} MB/s |");
    Console.WriteLine($"| server CPU, load and merges | {server.CpuTime.TotalSeconds:0.0} s |");
    Console.WriteLine($"| on disk | {sizeBytes / 1e6:N1} MB, {(double)sizeBytes / load.Rows:0.0} bytes a row |");
    Console.WriteLine($"| memory: empty, at rest, peak | {emptyMb:0}, {server.ResidentMb:0}, {server.PeakResidentMb:0} MB |");
    AlertDelay delay = await AlertDelay.MeasureAsync(server, webhook);
    Console.WriteLine($"| row sent to webhook received, p50, p99 | {delay.P50Ms:N0}, {delay.P99Ms:N0} ms |\n");
    Console.WriteLine("| query | first, ms | median of 5, ms | over HTTP, ms |\n|---|---|---|---|");
    foreach ((string name, string kql) in QuerySet.All)
    {
        await Measure(server, name, kql);
    }

    if (!options.ContainsKey("--file"))
    {
        await QuerySet.CheckAsync(server, generator.Expected);
        Console.WriteLine("\nanswers checked");
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static async Task Measure(ServerUnderTest server, string name, string kql)
{
    double first = ServerMs(await server.QueryAsync(kql));
    var onServer = new List<double>();
    var overHttp = new List<double>();
    for (int run = 0; run < 5; run++)
    {
        long startedAt = Stopwatch.GetTimestamp();
        onServer.Add(ServerMs(await server.QueryAsync(kql)));
        overHttp.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
    }

    onServer.Sort();
    overHttp.Sort();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {first:0.0} | {onServer[2]:0.0} | {overHttp[2]:0.0} |"));
}

static double ServerMs(JsonElement answer) => answer.GetProperty("stats").GetProperty("elapsedMs").GetDouble();
