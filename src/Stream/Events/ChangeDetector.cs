using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Stream.Events;

/// <summary>Detects <see cref="ChangeSpec"/>.</summary>
/// <remarks>The key fires in the window of the row that has other values than the key's row before it.</remarks>
internal sealed class ChangeDetector : Detector
{
    private readonly ChangeSpec _spec;
    private readonly int[] _columns;

    public ChangeDetector(ChangeSpec spec, Schema rows)
        : base(spec, rows)
    {
        _spec = spec;
        _columns = [.. spec.Columns.Select(rows.IndexOf)];
        TermTypes = [.. _columns.Select(column => rows[column].Type)];
        ValueColumns = Named(
            ("before", ScalarType.String), ("after", ScalarType.String), ("changes", ScalarType.Long), ("changed_at", ScalarType.DateTime));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ScalarType> TermTypes { get; }

    /// <inheritdoc/>
    public override long ReachTicks => (_spec.Within ?? TimeSpan.FromHours(1)).Ticks;

    /// <inheritdoc/>
    protected override string Parameters => $"{string.Join(',', _spec.Columns)} {_spec.Within?.Ticks} {_spec.IgnoresNull}";

    /// <summary>The values of a term as people read them.</summary>
    public static string Text(Vector[] terms, int term) =>
        string.Join(", ", terms.Select(column => ScalarText.Format(column.GetScalar(term))));

    /// <inheritdoc/>
    public override IEnumerable<EventRows> Read(Batch rows)
    {
        Vector[] terms = [.. _columns.Select(column => rows[column])];
        var all = new EventRows(Times(rows), Keys(rows), terms);
        return [_spec.IgnoresNull
            ? all.Pick([.. Enumerable.Range(0, rows.RowCount).Where(row => terms.Any(term => !IsAbsent(term, row)))])
            : all];
    }

    /// <inheritdoc/>
    public override KeyWatch NewWatch(long fromTicks) => new ChangeWatch(_spec);

    /// <inheritdoc/>
    public override KeyWatch ReadWatch(BinaryReader reader) => new ChangeWatch(_spec, reader);
}
