using System.Text.Json;
using Bongsu.LogBench.Reporting;

namespace Bongsu.LogBench.Serving;

/// <summary>What a loaded table takes on disk.</summary>
internal static class StorageReading
{
    /// <summary>Asks the server for its parts and looks at the data folder.</summary>
    public static async Task<StorageFigures> ReadAsync(ServerUnderTest server)
    {
        JsonElement table = await server.TryGetJsonAsync($"/api/tables/{Load.Table}")
            ?? throw new InvalidOperationException($"the server has no table {Load.Table}");
        return new StorageFigures
        {
            PartBytes = table.GetProperty("sizeBytes").GetInt64(),
            FolderBytes = Directory.EnumerateFiles(server.DataFolder, "*", SearchOption.AllDirectories).Sum(SizeOf),
            Parts = table.GetProperty("partCount").GetInt32(),
            Columns = ColumnsOf(await server.TryGetJsonAsync($"/api/tables/{Load.Table}/columns")),
        };
    }

    private static ColumnFigures[] ColumnsOf(JsonElement? answer) => answer is null ? [] :
    [
        .. answer.Value.GetProperty("columns").EnumerateArray().Select(column => new ColumnFigures(
            column.GetProperty("name").GetString()!,
            string.Join(", ", column.GetProperty("blocks").EnumerateObject().Select(block => $"{block.Name} {block.Value}")),
            column.GetProperty("sizeBytes").GetInt64(),
            column.GetProperty("indexBytes").GetInt64(),
            column.GetProperty("plainBytes").GetInt64())),
    ];

    // Merges and the log's trimmer may remove a file between the listing and the look at it.
    private static long SizeOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}
