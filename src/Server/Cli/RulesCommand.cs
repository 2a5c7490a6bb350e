using System.CommandLine;
using System.Text.Json;
using Bongsu.Alert.Alerts;
using Bongsu.Alert.Rules;
using Bongsu.Query.Kql;
using Bongsu.Server.Configuration;
using Bongsu.Server.Http;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu rules check | list | test | import</c>.</summary>
internal static class RulesCommand
{
    private static readonly Argument<string> s_path = new("path") { Description = "A rule file, or a folder of them" };
    private static readonly Argument<string> s_file = new("file") { Description = "A rule file" };
    private static readonly Option<string> s_from = new("--from")
    {
        Description = "Where to begin: ISO 8601, or back from now such as -1d",
        DefaultValueFactory = _ => "-1d",
    };

    private static readonly Option<string> s_to = new("--to") { Description = "Where to end", DefaultValueFactory = _ => "now" };
    private static readonly Option<bool> s_byEventTime = new("--by-event-time")
    {
        Description = "As if every row had come in time; without it rows come as they were stored, late ones late",
    };

    /// <summary>Builds the verb.</summary>
    public static Command Build() => new("rules", "Check, list, try and import alert rules")
    {
        BuildCheck(),
        BuildList(),
        BuildTest(),
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

    private static Command BuildTest()
    {
        var command = new Command(
            "test",
            """
            Run a rule over stored rows: when would it have fired, and for whom?

            Example: bongsu rules test rules/errors.yaml --from -7d
            """)
        {
            s_file, s_from, s_to, s_byEventTime, ClientOptions.Server, ClientOptions.Key,
        };
        command.SetAction((parsed, cancellation) =>
            ClientOptions.RunAsync(parsed, client => TestAsync(client, parsed, cancellation)));
        return command;
    }

    private static async Task<int> TestAsync(BongsuClient client, ParseResult parsed, CancellationToken cancellation)
    {
        string file = parsed.GetValue(s_file)!;
        if (!File.Exists(file))
        {
            throw new SettingsException($"{file}: no such file");
        }

        var request = new BacktestRequest(
            Path.GetFileName(file),
            await File.ReadAllTextAsync(file, cancellation),
            TimeArgument.Resolve(parsed.GetValue(s_from)!, TimeProvider.System),
            TimeArgument.Resolve(parsed.GetValue(s_to)!, TimeProvider.System), parsed.GetValue(s_byEventTime));
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, AlertJson.Default.BacktestRequest);
        using HttpResponseMessage response = await client.PostAsync("/api/rules/test", body, "application/x-ndjson", null, cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty("reports", out _))
            {
                return Print(JsonSerializer.Deserialize(line, AlertJson.Default.BacktestResult)!);
            }

            if (!Console.IsErrorRedirected)
            {
                long rows = document.RootElement.GetProperty("rows").GetInt64();
                Console.Error.Write($"\r{rows:N0} rows, at {document.RootElement.GetProperty("reached")} ");
            }
        }

        throw new ServerErrorException("the server ended the answer early; its log has the reason");
    }

    private static int Print(BacktestResult result)
    {
        bool isFailed = false;
        foreach (BacktestView report in result.Reports)
        {
            isFailed |= report.Error is not null;
            Console.Out.WriteLine(
                $"{report.Rule}: {report.Alerts.Count} alerts in {report.Windows:N0} windows, {report.Rows:N0} rows" +
                (report.Error is null ? "" : $"; {report.Error}"));
            foreach (AlertView alert in report.Alerts)
            {
                string summary = alert.Annotations.TryGetValue("summary", out string? text) ? text : alert.Values.ToJsonString();
                Console.Out.WriteLine($"  {alert.StartedAt} … {alert.ResolvedAt ?? "still firing",-28}  {alert.Key.ToJsonString()}  {summary}");
            }

            if (report.DoubtfulWindows.Count > 0)
            {
                Console.Out.WriteLine(
                    $"  {report.DoubtfulWindows.Count:N0} windows hold rows that live rules left out " +
                    $"({report.RowsBackfill:N0} imported late): {string.Join(", ", report.DoubtfulWindows.Take(5))}" +
                    $"{(report.DoubtfulWindows.Count > 5 ? " …" : "")}; --by-event-time takes them in");
            }
        }

        return isFailed ? ExitCodes.Failure : ExitCodes.Success;
    }
}
