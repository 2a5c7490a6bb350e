using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bongsu.Bench;

/// <summary>The published server in a process of its own, measured from outside.</summary>
internal sealed partial class ServerUnderTest : IDisposable
{
    private readonly Process _process;

    private ServerUnderTest(Process process, Uri address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    /// <summary>A client of it.</summary>
    public HttpClient Http { get; }

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
    public double ResidentMb => StatusKb("VmRSS") / 1000.0;

    /// <summary>Largest resident memory so far, in MB.</summary>
    public double PeakResidentMb => StatusKb("VmHWM") / 1000.0;

    /// <summary>Starts it on an empty data directory.</summary>
    public static async Task<ServerUnderTest> StartAsync(string executable, string data, string rules)
    {
        var process = Process.Start(new ProcessStartInfo(executable, ["serve", "--data", data, "--http", "127.0.0.1:0", "--rules", rules])
        {
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is { Success: true } match)
            {
                return new ServerUnderTest(process, new Uri(match.Value));
            }
        }

        throw new InvalidOperationException("the server ended before it was ready");
    }

    /// <summary>Posts NDJSON.</summary>
    public async Task IngestAsync(ReadOnlyMemory<byte> ndjson, string table)
    {
        using var content = new ReadOnlyMemoryContent(ndjson);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using HttpResponseMessage response = await Http.PostAsync(new Uri("/ingest/" + table, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Asks a query.</summary>
    public async Task<JsonElement> QueryAsync(string kql)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { query = kql }));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await Http.PostAsync(new Uri("/api/query", UriKind.Relative), content);
        string body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{kql}: {body}");
        }

        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Http.Dispose();
    }

    private long StatusKb(string name)
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line[(name.Length + 1)..].Replace("kB", "", StringComparison.Ordinal).Trim());
    }

    [GeneratedRegex(@"https?://[\d.:]+")]
    private static partial Regex Address();
}
