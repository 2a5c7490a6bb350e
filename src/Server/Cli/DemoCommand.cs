using System.CommandLine;
using Bongsu.Server.Configuration;
using Bongsu.Server.Demo;
using Bongsu.Server.Hosting;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu demo</c>: a server with a small, lifelike company in it.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> s_http = new("--http")
    {
        Description = "Address to listen on",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("BONGSU_HTTP") ?? "127.0.0.1:7600",
    };

    private static readonly Option<string> s_data = new("--data")
    {
        Description = "Folder of the demo's data; emptied at every start",
        DefaultValueFactory = _ => "./data/demo",
    };

    /// <summary>Builds the verb.</summary>
    public static Command Build()
    {
        var command = new Command(
            "demo",
            """
            Run a server with six services that log as real ones do: a day of history, a fault after 45 seconds
            and one every four minutes, and rules that notice.

            Example: bongsu demo --http 127.0.0.1:7700
            """)
        {
            s_http, s_data,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await RunAsync(parsed.GetValue(s_http)!, Path.GetFullPath(parsed.GetValue(s_data)!), cancellation);
            }
            catch (SettingsException error)
            {
                await Console.Error.WriteLineAsync($"bongsu: {error.Message}");
                return ExitCodes.Usage;
            }
        });
        return command;
    }

    private static Task<int> RunAsync(string http, string data, CancellationToken cancellation)
    {
        if (!ListenAddress.TryParse(http, out ListenAddress address) || !address.IsLoopback)
        {
            throw new SettingsException($"--http {http}: the demo listens on this machine only, such as 127.0.0.1:7600");
        }

        DemoDirectory.Reset(data);
        string rules = DemoDirectory.WriteRules(data);
        var options = new ServerOptions
        {
            DataDirectory = data,
            Http = address,
            RulesDirectory = rules,
            IsDemo = true,
        };
        return BongsuHost.RunAsync(options, cancellation, async (server, stop) =>
        {
            using var runner = new DemoRunner(server, rules, TimeProvider.System, Console.Out);
            await runner.RunAsync(stop);
        });
    }
}
