using System.CommandLine;
using System.Runtime.InteropServices;
using Bongsu.Server.Http;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>Builds the verb.</summary>
    public static Command Build()
    {
        var command = new Command("version", "Print the version and what it runs on");
        command.SetAction(_ => Console.Out.WriteLine(
            $"bongsu {SessionEndpoints.Version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
