using System.CommandLine;
using System.Text.Json;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu rules check | list | test | import | packs | add</c>.</summary>
internal static class RulesCommand
{
    /// <summary>Builds the verb.</summary>
    public static Command Build() => new("rules", "Check, list, try and import alert rules")
    {
        RulesCheckCommand.Build(),
        BuildList(),
        RulesTestCommand.Build(),
        RulesImportCommand.Build(),
        RulesPacksCommands.BuildList(),
        RulesPacksCommands.BuildAdd(),
    };

    private static Command BuildList()
    {
        var command = new Command("list", "Show a server's rules and how they are. Example: bongsu rules list")
        {
            ClientOptions.Server, ClientOptions.Key,
        };
        command.SetAction((parsed, cancellation) => ClientOptions.RunAsync(parsed, async client =>
        {
            using JsonDocument answer = await client.GetAsync("/api/rules", cancellation);
            string[][] rows = [.. answer.RootElement.GetProperty("rules").EnumerateArray().Select(rule => new[]
            {
                rule.GetProperty("name").GetString()!,
                rule.GetProperty("state").GetString()!,
                rule.GetProperty("severity").ToString(),
                rule.GetProperty("table").GetString()!,
                rule.GetProperty("watermark").GetString() ?? "",
                rule.GetProperty("rowsIn").GetInt64().ToString("N0"),
                rule.GetProperty("rowsLate").GetInt64().ToString("N0"),
                rule.GetProperty("error").GetString() ?? "",
            })];
            TextTable.Write(
                ["rule", "state", "severity", "table", "watermark", "rows", "late", "error"],
                [false, false, true, false, false, true, true, false], rows, Console.Out);
            foreach (JsonElement error in answer.RootElement.GetProperty("errors").EnumerateArray())
            {
                Console.Error.WriteLine($"{error.GetProperty("file")}:{error.GetProperty("line")}: {error.GetProperty("message")}");
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
