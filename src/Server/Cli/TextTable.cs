using System.Text;
using System.Text.Json;

namespace Bongsu.Server.Cli;

/// <summary>Prints a query's answer as aligned columns; Hangul and other wide characters take two cells.</summary>
internal static class TextTable
{
    private const int MaxCellWidth = 120;

    /// <summary>Prints the answer of <c>POST /api/query</c>, then a line of statistics.</summary>
    public static void Write(JsonElement answer, TextWriter output)
    {
        JsonElement[] columns = [.. answer.GetProperty("columns").EnumerateArray()];
        JsonElement[] rows = [.. answer.GetProperty("rows").EnumerateArray()];
        string[] names = [.. columns.Select(column => column.GetProperty("name").GetString()!)];
        bool[] isNumeric = [.. columns.Select(column => column.GetProperty("type").GetString() is "int" or "long" or "real" or "decimal")];
        string[][] cells = [.. rows.Select(row => row.EnumerateArray().Select(Format).ToArray())];
        Write(names, isNumeric, cells, output);
        JsonElement stats = answer.GetProperty("stats");
        string note = answer.GetProperty("truncated").GetBoolean() ? ", cut by the row limit" : "";
        long scanned = stats.GetProperty("rowsScanned").GetInt64();
        double elapsedMs = stats.GetProperty("elapsedMs").GetDouble();
        output.WriteLine($"\n{rows.Length} rows{note}; {scanned:N0} scanned in {elapsedMs:0.#} ms");
    }

    /// <summary>Prints rows below their names; numbers stand to the right.</summary>
    public static void Write(string[] names, bool[] isNumeric, string[][] cells, TextWriter output)
    {
        int[] widths = [.. names.Select((name, column) =>
            Math.Max(WidthOf(name), cells.Length == 0 ? 0 : cells.Max(row => WidthOf(row[column]))))];
        WriteRow(names, widths, new bool[names.Length], output);
        output.WriteLine(string.Join("  ", widths.Select(width => new string('─', width))));
        foreach (string[] row in cells)
        {
            WriteRow(row, widths, isNumeric, output);
        }
    }

    private static void WriteRow(string[] cells, int[] widths, bool[] isNumeric, TextWriter output)
    {
        var line = new StringBuilder();
        for (int column = 0; column < cells.Length; column++)
        {
            int padding = widths[column] - WidthOf(cells[column]);
            line.Append(column == 0 ? "" : "  ");
            line.Append(isNumeric[column] ? new string(' ', padding) + cells[column] : cells[column] + new string(' ', padding));
        }

        output.WriteLine(line.ToString().TrimEnd());
    }

    private static string Format(JsonElement cell)
    {
        string text = cell.ValueKind switch
        {
            JsonValueKind.String => cell.GetString()!,
            JsonValueKind.Null => "",
            _ => cell.GetRawText(),
        };
        var shown = new StringBuilder();
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (width >= MaxCellWidth)
            {
                return shown.Append('…').ToString();
            }

            // Control characters could move the cursor or worse: shown as their pictures.
            shown.Append(rune.Value < 0x20 ? ((char)(0x2400 + rune.Value)).ToString() : rune.Value == 0x7F ? "␡" : rune.ToString());
            width += WidthOf(rune);
        }

        return shown.ToString();
    }

    private static int WidthOf(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += WidthOf(rune);
        }

        return width;
    }

    // Ranges of East Asian wide characters (Unicode UAX #11), the common ones.
    private static int WidthOf(Rune rune) => rune.Value is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or
        (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or
        (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;
}
