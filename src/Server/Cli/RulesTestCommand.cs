using System.CommandLine;
using System.Text.Json;
using Bongsu.Server.Configuration;
using Bongsu.Server.Http;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu rules test</c>.</summary>
internal static class RulesTestCommand
{
    private static readonly Argument<string> s_file = new("file") { Description = "A rule file" };
    private static readonly Option<string?> s_compare = new("--compare")
    {
        Description = "Another version of it: what does FILE add to it, and what does it lose?",
    };

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

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the answer as JSON, with values for charts" };

    /// <summary>Builds the verb.</summary>
    public static Command Build()
    {
        var command = new Command(
            "test",
            """
            Run a rule over stored rows: when would it have fired, and for whom?

            Examples:
              bongsu rules test rules/errors.yaml --from -7d
              bongsu rules test new.yaml --compare old.yaml --from 2026-11-20 --to 2026-11-21
              bongsu rules test rules/errors.yaml --from -30d --by-event-time    (rows that were imported)
            """)
        {
            s_file, s_compare, s_from, s_to, s_byEventTime, s_json, ClientOptions.Server, ClientOptions.Key,
        };
        command.SetAction((parsed, cancellation) =>
            ClientOptions.RunAsync(parsed, client => TestAsync(client, parsed, cancellation)));
        return command;
    }

    private static async Task<int> TestAsync(BongsuClient client, ParseResult parsed, CancellationToken cancellation)
    {
        string file = parsed.GetValue(s_file)!;
        bool isJson = parsed.GetValue(s_json);
        var request = new BacktestRequest(
            Path.GetFileName(file),
            await ReadAsync(file, cancellation),
            parsed.GetValue(s_compare) is { } compared ? await ReadAsync(compared, cancellation) : null,
            TimeArgument.Resolve(parsed.GetValue(s_from)!, TimeProvider.System),
            TimeArgument.Resolve(parsed.GetValue(s_to)!, TimeProvider.System),
            parsed.GetValue(s_byEventTime),
            Series: isJson);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, AlertJson.Default.BacktestRequest);
        using HttpResponseMessage response = await client.PostAsync("/api/rules/test", body, "application/x-ndjson", null, cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty("error", out JsonElement error))
            {
                ShowProgress("");
                throw new ServerErrorException(error.GetProperty("message").GetString() ?? "the backtest failed");
            }

            if (document.RootElement.TryGetProperty("reports", out _))
            {
                ShowProgress("");
                BacktestResult result = JsonSerializer.Deserialize(line, AlertJson.Default.BacktestResult)!;
                if (isJson)
                {
                    Console.Out.WriteLine(line);
                }
                else
                {
                    BacktestText.Write(result, Console.Out);
                }

                return result.Reports.Any(report => report.Error is not null) ? ExitCodes.Failure : ExitCodes.Success;
            }

            ShowProgress(Describe(document.RootElement));
        }

        throw new ServerErrorException("the server ended the answer early; its log has the reason");
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellation) =>
        File.Exists(file) ? await File.ReadAllTextAsync(file, cancellation) : throw new SettingsException($"{file}: no such file");

    private static string Describe(JsonElement progress)
    {
        string share = progress.GetProperty("share").GetDouble().ToString("P0");
        return progress.GetProperty("stage").ValueEquals("learning")
            ? $"learning from what was before: {share}"
            : $"{share}  {progress.GetProperty("rows").GetInt64():N0} rows, at {progress.GetProperty("reached")}";
    }

    private static void ShowProgress(string text)
    {
        const int Width = 78;
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write('\r' + text.PadRight(Width) + (text.Length == 0 ? "\r" : ""));
        }
    }
}
