using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bongsu.EndToEnd;

/// <summary>The real program, started on a free port of the loopback address and stopped by its process id.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
    }

    /// <summary>The executable: the published one where BONGSU_EXE names it, else the one this build made.</summary>
    public static string Executable { get; } = FindExecutable();

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>A client of it.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts <c>bongsu serve</c> on a data directory and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string dataDirectory, params string[] more)
    {
        ServerProcess server = Launch(["serve", "--data", dataDirectory, "--http", "127.0.0.1:0", .. more]);
        server.Address = await server._ready.Task.WaitAsync(s_patience);
        server.Http = new HttpClient { BaseAddress = server.Address, Timeout = s_patience };
        return server;
    }

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>Exit code, standard output, standard error.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartInfo(arguments))!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(s_patience);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
    }

    /// <summary>Asks it to stop by SIGTERM and waits for its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        Assert.Equal(0, SendSignal(_process.Id, 15));
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return _process.ExitCode;
    }

    /// <summary>Posts NDJSON to a table.</summary>
    public async Task<JsonElement> IngestAsync(string table, string ndjson, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/ingest/{table}")
        {
            Content = new StringContent(ndjson, Encoding.UTF8, "application/x-ndjson"),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using HttpResponseMessage response = await Http.SendAsync(request);
        return await ReadAsync(response);
    }

    /// <summary>Asks a query; the answer's document.</summary>
    public async Task<JsonElement> QueryAsync(string kql)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { query = kql }));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await Http.PostAsync(new Uri("/api/query", UriKind.Relative), content);
        return await ReadAsync(response);
    }

    /// <summary>The rows of a query, each cell as its JSON text without quotes.</summary>
    public async Task<string[][]> RowsAsync(string kql)
    {
        JsonElement answer = await QueryAsync(kql);
        return [.. answer.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.ToString()).ToArray())];
    }

    /// <summary>The first cell of a query as a number.</summary>
    public async Task<long> NumberAsync(string kql) => long.Parse((await RowsAsync(kql))[0][0]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        Http.Dispose();
        _process.Dispose();
    }

    private static ServerProcess Launch(string[] arguments)
    {
        var process = new Process { StartInfo = StartInfo(arguments) };
        var server = new ServerProcess(process);
        process.OutputDataReceived += (_, line) => server.Receive(line.Data);
        process.ErrorDataReceived += (_, line) => server.Receive(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => server._ready.TrySetException(
            new InvalidOperationException($"the server ended before it was ready:\n{server.Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    private static ProcessStartInfo StartInfo(string[] arguments) => new(Executable, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    };

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{(int)response.StatusCode}: {body}", inner: null, response.StatusCode);
        }

        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    private static string FindExecutable()
    {
        if (Environment.GetEnvironmentVariable("BONGSU_EXE") is { Length: > 0 } named)
        {
            return named;
        }

        // test/EndToEnd/bin/<configuration>/net10.0 → src/Server/bin/<configuration>/net10.0
        string here = AppContext.BaseDirectory.TrimEnd('/');
        string configuration = Path.GetFileName(Path.GetDirectoryName(here)!);
        string root = Path.GetFullPath(Path.Combine(here, "../../../../.."));
        return Path.Combine(root, "src/Server/bin", configuration, "net10.0", "bongsu");
    }

    private void Receive(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        Match match = ReadyLine().Match(line);
        if (match.Success)
        {
            _ready.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"ready.*?(https?://\S+)")]
    private static partial Regex ReadyLine();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
