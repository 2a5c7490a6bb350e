using System.CommandLine;
using System.Text.Json;
using Bongsu.Alert.Rules;
using Bongsu.Query.Kql;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu rules check | list | test | import</c>.</summary>
internal static class RulesCommand
{
    private static readonly Argument<string> s_path = new("path") { Description = "A rule file, or a folder of them" };

    /// <summary>Builds the verb.</summary>
    public static Command Build() => new("rules", "Check, list, try and import alert rules")
    {
        BuildCheck(),
        BuildList(),
        RulesTestCommand.Build(),
        RulesImportCommand.Build(),
    };

    private static Command BuildCheck()
    {
        var command = new Command("check", "Check rule files without a server. Example: bongsu rules check ./rules") { s_path };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(s_path)!;
            if (!Path.Exists(path))
            {
                Console.Error.WriteLine($"bongsu: {path}: no such file or folder");
                return ExitCodes.Usage;
            }

            RuleSet rules = RuleSet.Load(path, EmptyCatalog.Instance, TimeProvider.System.GetUtcNow().UtcTicks);
            foreach (RuleError error in rules.Errors)
            {
                Console.Error.WriteLine(error);
            }

            Console.Out.WriteLine($"{rules.Rules.Count} rules, {rules.Channels.Count} channels, {rules.Errors.Count} errors");
            return rules.Errors.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

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
