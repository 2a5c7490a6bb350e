using System.Diagnostics;

namespace Bongsu.EndToEnd;

/// <summary>Real clients of the protocols, as programs of their own.</summary>
internal static class ClientPrograms
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>The folder of the Node.js clients.</summary>
    public static string Folder { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../clients"));

    /// <summary>The full path of a program or of a file of the clients' folder.</summary>
    public static string Find(string name) => Path.Combine(Folder, name);

    /// <summary>Runs a program to its end, which must be a good one; its standard output.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(s_patience);
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error}");
            return await output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>Asks until the answer is the expected one, at most a minute.</summary>
    public static async Task EventuallyAsync(long expected, Func<Task<long>> ask)
    {
        long started = Stopwatch.GetTimestamp();
        long answer = -1;
        while (Stopwatch.GetElapsedTime(started) < s_patience)
        {
            answer = await ask();
            if (answer >= expected)
            {
                break;
            }

            await Task.Delay(50);
        }

        Assert.Equal(expected, answer);
    }
}
