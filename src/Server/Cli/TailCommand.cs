using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu tail</c>: new rows as they arrive.</summary>
internal static class TailCommand
{
    private static readonly Argument<string> s_query = new("kql")
    {
        Description = "A table, optionally with where, extend, project and parse",
    };

    /// <summary>Builds the verb.</summary>
    public static Command Build()
    {
        var command = new Command(
            "tail",
            """
            Follow new rows of a table. Ctrl-C ends it.

            Example: bongsu tail 'logs | where level == "error" | project timestamp, service, message'
            """)
        {
            s_query, ClientOptions.Server, ClientOptions.Key,
        };
        command.SetAction((parsed, cancellation) =>
            ClientOptions.RunAsync(parsed, client => RunAsync(client, parsed.GetValue(s_query)!, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(BongsuClient client, string query, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await client.Http.GetAsync(
            "/api/tail?query=" + Uri.EscapeDataString(query), HttpCompletionOption.ResponseHeadersRead, cancellation);
        await BongsuClient.ThrowOnErrorAsync(response, query, cancellation);
        await using System.IO.Stream stream = await response.Content.ReadAsStreamAsync(cancellation);
        try
        {
            await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(cancellation))
            {
                Print(item);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }

        await Console.Error.WriteLineAsync("bongsu: the server ended the stream");
        return ExitCodes.Failure;
    }

    private static void Print(SseItem<string> item)
    {
        using var document = JsonDocument.Parse(item.Data);
        if (item.EventType == "dropped")
        {
            Console.Error.WriteLine($"bongsu: {document.RootElement.GetProperty("count")} rows left out, they come faster than they are read");
        }

        if (item.EventType != "rows")
        {
            return;
        }

        foreach (JsonElement row in document.RootElement.GetProperty("rows").EnumerateArray())
        {
            IEnumerable<string> cells = row.EnumerateArray().Where(cell => cell.ValueKind != JsonValueKind.Null)
                .Select(cell => cell.ValueKind == JsonValueKind.String ? cell.GetString()! : cell.GetRawText())
                .Where(cell => cell.Length > 0);
            Console.Out.WriteLine(string.Join("  ", cells));
        }
    }
}
