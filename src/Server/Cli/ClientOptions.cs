using System.CommandLine;
using Bongsu.Server.Configuration;

namespace Bongsu.Server.Cli;

/// <summary>The flags that all client verbs share: which server, which key.</summary>
internal static class ClientOptions
{
    /// <summary>The server's address.</summary>
    public static readonly Option<string> Server = new("--server")
    {
        Description = "Address of the server (BONGSU_SERVER)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("BONGSU_SERVER") ?? "http://127.0.0.1:7600",
    };

    /// <summary>The API key.</summary>
    public static readonly Option<string?> Key = new("--key")
    {
        Description = "API key (BONGSU_KEY)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("BONGSU_KEY"),
    };

    /// <summary>Connects with the flags of a call.</summary>
    /// <exception cref="SettingsException">The address is no http or https address.</exception>
    public static BongsuClient Connect(ParseResult parsed)
    {
        string server = parsed.GetValue(Server)!;
        if (!Uri.TryCreate(server.Contains("://", StringComparison.Ordinal) ? server : "http://" + server, UriKind.Absolute, out Uri? address) ||
            address.Scheme is not ("http" or "https"))
        {
            throw new SettingsException($"--server {server}: expected an address such as http://127.0.0.1:7600");
        }

        return new BongsuClient(address, parsed.GetValue(Key));
    }

    /// <summary>Runs a client verb and turns what can go wrong into one line on standard error.</summary>
    public static async Task<int> RunAsync(ParseResult parsed, Func<BongsuClient, Task<int>> verb)
    {
        try
        {
            using BongsuClient client = Connect(parsed);
            return await verb(client);
        }
        catch (Exception error) when (error is SettingsException or ServerErrorException or IOException)
        {
            await Console.Error.WriteLineAsync($"bongsu: {error.Message}");
            return error is SettingsException ? ExitCodes.Usage : ExitCodes.Failure;
        }
        catch (HttpRequestException error)
        {
            await Console.Error.WriteLineAsync($"bongsu: {parsed.GetValue(Server)} does not answer: {error.Message}");
            return ExitCodes.Failure;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("bongsu: cancelled");
            return ExitCodes.Failure;
        }
    }
}
