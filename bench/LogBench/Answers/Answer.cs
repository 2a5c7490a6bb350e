using System.Globalization;
using System.Text.Json;

namespace Bongsu.LogBench.Answers;

/// <summary>Rows as an engine gave them; reads cells in whatever form of JSON they come.</summary>
/// <param name="Columns">Names of columns.</param>
/// <param name="Rows">Arrays of cells.</param>
internal sealed record Answer(IReadOnlyList<string> Columns, IReadOnlyList<JsonElement> Rows)
{
    /// <summary>The position of a column.</summary>
    public int IndexOf(params string[] names)
    {
        for (int column = 0; column < Columns.Count; column++)
        {
            if (names.Contains(Columns[column]))
            {
                return column;
            }
        }

        throw new WrongAnswerException($"no column {string.Join(" or ", names)} among {string.Join(", ", Columns)}");
    }

    /// <summary>A cell as text; a GUID without hyphens.</summary>
    public string Text(int row, int column) => TextOf(Rows[row][column]);

    /// <summary>A cell as an integer.</summary>
    public long Integer(int row, int column) => (long)decimal.Parse(Text(row, column), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A cell as a real number.</summary>
    public double Real(int row, int column) => double.Parse(Text(row, column), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A list of real numbers: the cells from a column on, or the elements of a single one.</summary>
    public double[] Reals(int row, int column)
    {
        JsonElement cell = Rows[row][column];
        IEnumerable<JsonElement> cells = cell.ValueKind == JsonValueKind.Array ? cell.EnumerateArray() : Rows[row].EnumerateArray().Skip(column);
        return [.. cells.Select(each => double.Parse(TextOf(each), NumberStyles.Float, CultureInfo.InvariantCulture))];
    }

    /// <summary>A cell as Unix ms: a time, a time without zone, which is UTC.</summary>
    public long TimeMs(int row, int column) =>
        DateTimeOffset.Parse(Text(row, column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();

    /// <summary>A cell as a trace id: 32 hexadecimal digits.</summary>
    public string Trace(int row, int column) => Text(row, column).Replace("-", "", StringComparison.Ordinal);

    private static string TextOf(JsonElement cell) => cell.ValueKind == JsonValueKind.String ? cell.GetString()! : cell.GetRawText();
}
