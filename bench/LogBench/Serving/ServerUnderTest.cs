using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bongsu.LogBench.Answers;

namespace Bongsu.LogBench.Serving;

/// <summary>The published server in a process of its own, measured from outside.</summary>
internal sealed partial class ServerUnderTest : IDisposable
{
    private static readonly TimeSpan s_busyWait = TimeSpan.FromMilliseconds(50);
    private readonly Process _process;
    private readonly Task _output;

    private ServerUnderTest(Process process, Uri address, string dataFolder)
    {
        _process = process;
        _output = process.StandardOutput.BaseStream.CopyToAsync(System.IO.Stream.Null);
        DataFolder = dataFolder;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
    }

    /// <summary>A client of it.</summary>
    public HttpClient Http { get; }

    /// <summary>Its data folder.</summary>
    public string DataFolder { get; }

    /// <summary>CPU time used so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory now, in MB.</summary>
    public double ResidentMb => StatusMb("VmRSS");

    /// <summary>Largest resident memory so far, in MB.</summary>
    public double PeakResidentMb => StatusMb("VmHWM");

    /// <summary>Starts it on an empty data folder and waits until it listens.</summary>
    public static async Task<ServerUnderTest> StartAsync(string dataFolder, params string[] options)
    {
        string executable = Environment.GetEnvironmentVariable("BONGSU_EXE")
            ?? throw new InvalidOperationException("BONGSU_EXE must name the executable; ./dev bench sets it");
        var process = Process.Start(new ProcessStartInfo(executable, ["serve", "--data", dataFolder, "--http", "127.0.0.1:0", .. options])
        {
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is { Success: true } match)
            {
                return new ServerUnderTest(process, new Uri(match.Value), dataFolder);
            }
        }

        throw new InvalidOperationException("the server ended before it was ready");
    }

    /// <summary>Posts NDJSON and waits for the acknowledgement; tries again while the server asks for time.</summary>
    /// <returns>How often it asked.</returns>
    public async Task<int> IngestAsync(ReadOnlyMemory<byte> ndjson, string table)
    {
        for (int refusals = 0; ; refusals++)
        {
            using var content = new ReadOnlyMemoryContent(ndjson);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using HttpResponseMessage response = await Http.PostAsync(new Uri("/ingest/" + table, UriKind.Relative), content);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(s_busyWait);
                continue;
            }

            string body = await response.Content.ReadAsStringAsync();
            using JsonDocument answer = response.IsSuccessStatusCode
                ? JsonDocument.Parse(body)
                : throw new InvalidOperationException($"ingest: {(int)response.StatusCode} {body}");
            return answer.RootElement.GetProperty("rejectedCount").GetInt64() == 0
                ? refusals
                : throw new InvalidOperationException($"ingest: rows refused: {body}");
        }
    }

    /// <summary>Asks a query.</summary>
    /// <returns>The answer, and the time it took on the server.</returns>
    public async Task<(Answer Answer, double ServerMs)> QueryAsync(string kql)
    {
        string body = await PostQueryAsync(kql);
        using var document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement.Clone();
        string[] columns = [.. root.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!)];
        return (new Answer(columns, [.. root.GetProperty("rows").EnumerateArray()]), ElapsedMs(body));
    }

    /// <summary>Asks a query and looks at its time only.</summary>
    public async Task<double> TimeQueryAsync(string kql) => ElapsedMs(await PostQueryAsync(kql));

    /// <summary>A JSON document, or null where the server has none there.</summary>
    public async Task<JsonElement?> TryGetJsonAsync(string path)
    {
        using HttpResponseMessage response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _output.Wait();
        _process.Dispose();
        Http.Dispose();
    }

    private static double ElapsedMs(string body)
    {
        // At the end of the answer; looked for, so that a large answer is not parsed between two measurements.
        Match match = Elapsed().Match(body, Math.Max(0, body.Length - 1000));
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private async Task<string> PostQueryAsync(string kql)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { query = kql, maxRows = 1_000_000 }), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await Http.PostAsync(new Uri("/api/query", UriKind.Relative), content);
        string body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{kql}: {body}");
    }

    private double StatusMb(string name)
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        string kilobytes = line[(name.Length + 1)..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    [GeneratedRegex(@"https?://[\d.:]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"""elapsedMs"":([\d.eE+-]+)")]
    private static partial Regex Elapsed();
}
