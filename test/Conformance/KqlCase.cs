using System.Text.Json;

namespace Bongsu.Conformance;

/// <summary>One case: a query and the table that its source says it gives.</summary>
internal sealed record KqlCase
{
    public required string Id { get; init; }

    public required string Query { get; init; }

    /// <summary>Names and types; a type may be <c>unknown</c>.</summary>
    public required IReadOnlyList<(string Name, string Type)> Columns { get; init; }

    /// <summary>Cells as printed; null for null.</summary>
    public required IReadOnlyList<string?[]> Rows { get; init; }

    public bool IsOrdered { get; init; }

    /// <summary><c>rows</c>, <c>contains-rows</c>, <c>subset-columns</c> or <c>last-row</c>.</summary>
    public required string Compare { get; init; }

    /// <summary>The source contradicts itself: reported apart, never a failure.</summary>
    public bool IsUnsure { get; init; }

    public static IEnumerable<KqlCase> ReadAll(string file) =>
        File.ReadLines(file).Where(line => line.Length > 0).Select(Parse);

    private static KqlCase Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        return new KqlCase
        {
            Id = root.GetProperty("id").GetString()!,
            Query = root.GetProperty("query").GetString()!,
            Columns = [.. root.GetProperty("columns").EnumerateArray().Select(
                column => (column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()!))],
            Rows = [.. root.GetProperty("rows").EnumerateArray().Select(
                row => row.EnumerateArray().Select(Cell).ToArray())],
            IsOrdered = root.GetProperty("ordered").GetBoolean(),
            Compare = root.GetProperty("compare").GetString()!,
            IsUnsure = root.GetProperty("status").GetString() == "unsure",
        };
    }

    private static string? Cell(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => cell.GetString(),
        _ => cell.GetRawText(),
    };
}
