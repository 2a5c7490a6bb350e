using System.CommandLine;
using System.Text.Json;
using Bongsu.Server.Configuration;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu tables</c>: what a server holds.</summary>
internal static class TablesCommand
{
    /// <summary>Builds the verb.</summary>
    public static Command Build()
    {
        var name = new Argument<string>("table") { Description = "The table" };
        var show = new Command("show", "Show a table's columns. Example: bongsu tables show logs") { name, ClientOptions.Server, ClientOptions.Key };
        show.SetAction((parsed, cancellation) =>
            ClientOptions.RunAsync(parsed, client => ShowAsync(client, parsed.GetValue(name)!, cancellation)));
        var command = new Command("tables", "List the tables, their rows, sizes and times. Example: bongsu tables")
        {
            show, ClientOptions.Server, ClientOptions.Key,
        };
        command.SetAction((parsed, cancellation) => ClientOptions.RunAsync(parsed, client => ListAsync(client, cancellation)));
        return command;
    }

    private static async Task<int> ListAsync(BongsuClient client, CancellationToken cancellation)
    {
        using JsonDocument answer = await client.GetAsync("/api/tables", cancellation);
        string[][] rows = [.. answer.RootElement.GetProperty("tables").EnumerateArray().Select(table => new[]
        {
            table.GetProperty("name").GetString()!,
            table.GetProperty("rowCount").GetInt64().ToString("N0"),
            ByteSize.Format(table.GetProperty("sizeBytes").GetInt64()),
            table.GetProperty("partCount").GetInt64().ToString(),
            table.GetProperty("columns").GetArrayLength().ToString(),
            table.GetProperty("minTime").GetString() ?? "",
            table.GetProperty("maxTime").GetString() ?? "",
        })];
        TextTable.Write(
            ["table", "rows", "on disk", "parts", "columns", "earliest", "latest"], [false, true, true, true, true, false, false], rows, Console.Out);
        return ExitCodes.Success;
    }

    private static async Task<int> ShowAsync(BongsuClient client, string name, CancellationToken cancellation)
    {
        using JsonDocument answer = await client.GetAsync("/api/tables/" + Uri.EscapeDataString(name), cancellation);
        string[][] rows = [.. answer.RootElement.GetProperty("columns").EnumerateArray()
            .Select(column => new[] { column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()! })];
        TextTable.Write(["column", "type"], [false, false], rows, Console.Out);
        return ExitCodes.Success;
    }
}
