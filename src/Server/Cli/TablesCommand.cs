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
        var columns = new Option<bool>("--columns") { Description = "With each column's encodings and bytes on disk" };
        var show = new Command("show", "Show a table's columns. Example: bongsu tables show logs --columns")
        {
            name, columns, ClientOptions.Server, ClientOptions.Key,
        };
        show.SetAction((parsed, cancellation) => ClientOptions.RunAsync(parsed, client => parsed.GetValue(columns)
            ? ShowSizesAsync(client, parsed.GetValue(name)!, cancellation)
            : ShowAsync(client, parsed.GetValue(name)!, cancellation)));
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

    private static async Task<int> ShowSizesAsync(BongsuClient client, string name, CancellationToken cancellation)
    {
        using JsonDocument answer = await client.GetAsync($"/api/tables/{Uri.EscapeDataString(name)}/columns", cancellation);
        JsonElement[] columns = [.. answer.RootElement.GetProperty("columns").EnumerateArray()];
        var rows = columns.OrderByDescending(column => column.GetProperty("sizeBytes").GetInt64()).Select(Row).ToList();
        long Sum(string property) => columns.Sum(column => column.GetProperty(property).GetInt64());
        rows.Add(["(all)", "", "", .. Sizes(Sum("sizeBytes"), Sum("indexBytes"), Sum("plainBytes"))]);
        TextTable.Write(
            ["column", "type", "blocks by encoding", "bytes", "index bytes", "plain bytes", "ratio"],
            [false, false, false, true, true, true, true],
            [.. rows],
            Console.Out);
        return ExitCodes.Success;
    }

    private static string[] Row(JsonElement column) =>
    [
        column.GetProperty("name").GetString()!,
        column.GetProperty("type").GetString()!,
        string.Join(", ", column.GetProperty("blocks").EnumerateObject().Select(entry => $"{entry.Name} {entry.Value}")),
        .. Sizes(
            column.GetProperty("sizeBytes").GetInt64(),
            column.GetProperty("indexBytes").GetInt64(),
            column.GetProperty("plainBytes").GetInt64()),
    ];

    private static string[] Sizes(long sizeBytes, long indexBytes, long plainBytes) =>
    [
        sizeBytes.ToString("N0"),
        indexBytes.ToString("N0"),
        plainBytes.ToString("N0"),
        sizeBytes == 0 ? "" : ((double)plainBytes / sizeBytes).ToString("N1"),
    ];
}
