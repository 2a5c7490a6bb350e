using System.CommandLine;
using Bongsu.Alert.Rules;
using Bongsu.Query.Kql;
using Bongsu.Server.Configuration;
using Bongsu.Server.Packs;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu rules packs | add</c>.</summary>
internal static class RulesPacksCommands
{
    private static readonly Argument<string> s_pack = new("pack") { Description = "Name of a pack; bongsu rules packs lists them" };
    private static readonly Option<string> s_rules = new("--rules")
    {
        Description = "The rules folder (BONGSU_RULES)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("BONGSU_RULES") ?? "rules",
    };

    /// <summary>Builds <c>packs</c>.</summary>
    public static Command BuildList()
    {
        var command = new Command("packs", "List the rules that come with the program. Example: bongsu rules packs");
        command.SetAction(_ =>
        {
            string[][] rows = [.. RulePacks.Names.SelectMany(name => RuleSet
                .Parse(name, RulePacks.Rules(name), EmptyCatalog.Instance, TimeProvider.System.GetUtcNow().UtcTicks, RuleSet.Empty)
                .Rules.Select(rule => new[]
                {
                    name, rule.Name, $"{rule.Severity}", rule.Annotations.GetValueOrDefault("summary", ""),
                }))];
            TextTable.Write(["pack", "rule", "severity", "tells"], [false, false, true, false], rows, Console.Out);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>Builds <c>add</c>.</summary>
    public static Command BuildAdd()
    {
        var command = new Command(
            "add",
            """
            Copy a pack, with its tests, into the rules folder. A running server takes it up within seconds.

            Examples:
              bongsu rules add nginx --rules ./rules
              bongsu rules check ./rules --tests
            """)
        {
            s_pack, s_rules,
        };
        command.SetAction(parsed =>
        {
            try
            {
                foreach (string file in RulePacks.CopyTo(parsed.GetValue(s_pack)!, parsed.GetValue(s_rules)!))
                {
                    Console.Out.WriteLine(file);
                }

                return ExitCodes.Success;
            }
            catch (SettingsException exception)
            {
                Console.Error.WriteLine($"bongsu: {exception.Message}");
                return ExitCodes.Usage;
            }
        });
        return command;
    }
}
