using System.CommandLine;
using Bongsu.Alert.Rules;
using Bongsu.Query.Kql;
using Bongsu.Server.Packs;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu rules check</c>.</summary>
internal static class RulesCheckCommand
{
    private static readonly Argument<string> s_path = new("path") { Description = "A rule file, or a folder of them" };
    private static readonly Option<bool> s_tests = new("--tests")
    {
        Description = "Also run the tests beside the rules (NAME.test.yaml for NAME.yaml)",
    };

    /// <summary>Builds the verb.</summary>
    public static Command Build()
    {
        var command = new Command(
            "check",
            """
            Check rule files without a server, and run their tests.

            Examples:
              bongsu rules check ./rules
              bongsu rules check ./rules --tests
            """)
        {
            s_path, s_tests,
        };
        command.SetAction(async (parsed, cancellation) =>
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

            foreach (RuleError warning in rules.Warnings)
            {
                Console.Error.WriteLine($"warning: {warning}");
            }

            string warnings = rules.Warnings.Count == 0 ? "" : $", {rules.Warnings.Count} warnings";
            Console.Out.WriteLine($"{rules.Rules.Count} rules, {rules.Channels.Count} channels, {rules.Errors.Count} errors{warnings}");
            return rules.Errors.Count == 0 && (!parsed.GetValue(s_tests) || await TestAsync(path, cancellation))
                ? ExitCodes.Success
                : ExitCodes.Failure;
        });
        return command;
    }

    private static async Task<bool> TestAsync(string path, CancellationToken cancellation)
    {
        int failed = 0;
        int count = 0;
        await using RuleTestRunner runner = await RuleTestRunner.OpenAsync(TimeProvider.System, cancellation);
        foreach (string file in RuleTestRunner.FilesOf(path))
        {
            foreach ((string test, IReadOnlyList<string> differences) in await runner.RunFileAsync(file, cancellation))
            {
                count++;
                failed += differences.Count == 0 ? 0 : 1;
                foreach (string difference in differences)
                {
                    Console.Error.WriteLine($"{file}: {test}: {difference}");
                }
            }
        }

        Console.Out.WriteLine($"{count} tests, {failed} failed");
        return failed == 0;
    }
}
