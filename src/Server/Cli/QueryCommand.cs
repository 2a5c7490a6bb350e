using System.CommandLine;
using System.Text.Json;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu query</c>: one KQL query, its answer as a table, CSV or JSON.</summary>
internal static class QueryCommand
{
    private static readonly Argument<string> s_query = new("kql") { Description = "The query; '-' reads it from standard input" };
    private static readonly Option<string> s_format = new("--format")
    {
        Description = "table, json, ndjson or csv",
        DefaultValueFactory = _ => "table",
    };

    private static readonly Option<string?> s_from = new("--from") { Description = "Earliest timestamp: ISO 8601, or relative such as -1h" };
    private static readonly Option<string?> s_to = new("--to") { Description = "Latest timestamp, exclusive" };
    private static readonly Option<string[]> s_parameters = new("--param") { Description = "A query parameter, name=value; repeatable" };
    private static readonly Option<int?> s_timeout = new("--timeout") { Description = "Seconds after which the server gives up" };
    private static readonly Option<int?> s_maxRows = new("--max-rows") { Description = "Most rows in the answer" };

    /// <summary>Builds the verb.</summary>
    public static Command Build()
    {
        var command = new Command(
            "query",
            """
            Ask a question in KQL.

            Examples:
              bongsu query 'logs | summarize count() by level'
              bongsu query 'logs | where message has "timeout" | take 20' --from -1h
              bongsu query 'declare query_parameters(svc:string); logs | where service == svc | count' --param svc=payments
            """)
        {
            s_query, s_format, s_from, s_to, s_parameters, s_timeout, s_maxRows, ClientOptions.Server, ClientOptions.Key,
        };
        s_format.AcceptOnlyFromAmong("table", "json", "ndjson", "csv");
        command.SetAction((parsed, cancellation) =>
            ClientOptions.RunAsync(parsed, client => RunAsync(client, parsed, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(BongsuClient client, ParseResult parsed, CancellationToken cancellation)
    {
        string query = parsed.GetValue(s_query)!;
        if (query == "-")
        {
            query = await Console.In.ReadToEndAsync(cancellation);
        }

        string format = parsed.GetValue(s_format)!;
        string accept = format switch
        {
            "csv" => "text/csv",
            "ndjson" => "application/x-ndjson",
            _ => "application/json",
        };
        using HttpResponseMessage response = await client.PostAsync("/api/query", Body(parsed, query), accept, query, cancellation);
        await using System.IO.Stream answer = await response.Content.ReadAsStreamAsync(cancellation);
        if (format != "table")
        {
            await using System.IO.Stream output = Console.OpenStandardOutput();
            await answer.CopyToAsync(output, cancellation);
            if (format == "json")
            {
                output.WriteByte((byte)'\n');
            }

            return ExitCodes.Success;
        }

        using JsonDocument document = await JsonDocument.ParseAsync(answer, default, cancellation);
        TextTable.Write(document.RootElement, Console.Out);
        return ExitCodes.Success;
    }

    private static byte[] Body(ParseResult parsed, string query)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("query", query);
            WriteTime(json, "from", parsed.GetValue(s_from));
            WriteTime(json, "to", parsed.GetValue(s_to));
            if (parsed.GetValue(s_timeout) is { } seconds)
            {
                json.WriteNumber("timeoutMs", seconds * 1000L);
            }

            if (parsed.GetValue(s_maxRows) is { } rows)
            {
                json.WriteNumber("maxRows", rows);
            }

            json.WriteStartObject("parameters");
            foreach (string parameter in parsed.GetValue(s_parameters) ?? [])
            {
                int equals = parameter.IndexOf('=');
                json.WriteString(equals < 0 ? parameter : parameter[..equals], equals < 0 ? "" : parameter[(equals + 1)..]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, TimeArgument.Resolve(text, TimeProvider.System).UtcDateTime);
        }
    }
}
