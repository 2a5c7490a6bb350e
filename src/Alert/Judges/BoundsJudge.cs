using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Judges;

/// <summary>Holds each value against its bounds. Keeps nothing: what is older than a window stands in the window
/// before.</summary>
internal sealed class BoundsJudge(BoundsSpec spec) : Judge
{
    private const string RowsColumn = "rows";

    /// <inheritdoc/>
    public override bool IsQuiet => true;

    /// <inheritdoc/>
    public override Batch Fire(WindowResult result, IReadOnlyList<int> keyColumns)
    {
        var keys = new SeriesKeys();
        HashSet<int> old = [.. keys.Assign(result.Before!, keyColumns)!];
        int[] current = keys.Assign(result.Rows, keyColumns)!;
        Vector values = result.Rows[result.Rows.Schema.IndexOf(JudgeSpec.ValueColumn)];
        Vector rows = result.Rows[result.Rows.Schema.IndexOf(RowsColumn)];
        Vector[] source = [.. keyColumns.Select(column => result.Rows[column])];
        var firing = new FiringRows(result.Rows.Schema, keyColumns, JudgeSpec.ValueColumn, RowsColumn);
        for (int row = 0; row < current.Length; row++)
        {
            double value = values.NumberAt(row);
            if (value > spec.Max || (value < spec.Min && old.Contains(current[row])))
            {
                firing.Add(source, row, value, rows.NumberAt(row));
            }
        }

        return firing.Build();
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Read(BinaryReader reader)
    {
    }
}
