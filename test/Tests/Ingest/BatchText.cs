using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Tests.Ingest;

/// <summary>Batches as text, for comparing.</summary>
internal static class BatchText
{
    public static readonly long ReceivedTicks = new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static DecodeOptions Options { get; } = new() { ReceivedTicks = ReceivedTicks };

    /// <summary>One row as <c>name=value</c>, columns by name, absent values left out.</summary>
    public static string Row(Batch batch, int row)
    {
        var cells = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (int column = 0; column < batch.Schema.Count; column++)
        {
            Scalar value = batch[column].GetScalar(row);
            if (!value.IsNull && value.Value is not "")
            {
                cells[batch.Schema[column].Name] = ScalarText.Format(value);
            }
        }

        return string.Join(" ", cells.Select(cell => $"{cell.Key}={cell.Value}"));
    }

    /// <summary>A cell's text; empty where absent.</summary>
    public static string Cell(Batch batch, string column, int row = 0) =>
        batch.Find(column) is { } vector ? ScalarText.Format(vector.GetScalar(row)) : "";

    /// <summary>Types and rows.</summary>
    public static string Whole(Batch batch)
    {
        string types = string.Join(" ", batch.Schema.Columns.ToArray().Select(column => column.ToString()).Order(StringComparer.Ordinal));
        return types + "\n" + string.Join("\n", Enumerable.Range(0, batch.RowCount).Select(row => Row(batch, row)));
    }
}
