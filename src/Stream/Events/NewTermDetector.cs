using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Stream.Events;

/// <summary>Detects <see cref="NewTermSpec"/>.</summary>
/// <remarks>
/// A term is the value of a column, or the values of several together; it is a key of its own, and fires in the window of
/// a row that has it where no row had it in the look-back before. Rows in which a part of the term is null or empty are
/// passed over.
/// </remarks>
internal sealed class NewTermDetector : Detector
{
    private readonly NewTermSpec _spec;
    private readonly int[][] _columns;

    public NewTermDetector(NewTermSpec spec, Schema rows)
        : base(spec, rows)
    {
        _spec = spec;
        _columns = [.. spec.Terms.Select(columns => columns.Select(rows.IndexOf).ToArray())];
        KeyColumns = [.. KeyColumns, .. Named(("field", ScalarType.String), ("term", ScalarType.String))];
        ValueColumns = Named(("seen_at", ScalarType.DateTime));
    }

    // A late row with the term moves its firing to an earlier window; the alert stays.
    /// <inheritdoc/>
    public override bool IsMonotone => true;

    /// <inheritdoc/>
    public override long ReachTicks => 0;

    /// <inheritdoc/>
    public override long SeedTicks => _spec.LookBack.Ticks;

    // Of a window's rows with a term the first makes it fire, and the last is remembered.
    /// <inheritdoc/>
    public override int KeptPerEnd => 1;

    /// <inheritdoc/>
    public override long ThinningTicks => Math.Max(1, _spec.LookBack.Ticks);

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<string>> SeedColumns => _spec.Terms;

    /// <inheritdoc/>
    protected override string Parameters =>
        $"{string.Join(';', _spec.Terms.Select(columns => string.Join(',', columns)))} {_spec.LookBack.Ticks}";

    /// <inheritdoc/>
    public override IEnumerable<EventRows> Read(Batch rows)
    {
        for (int term = 0; term < _columns.Length; term++)
        {
            Vector[] columns = [.. _columns[term].Select(column => rows[column])];
            if (Term(Times(rows), Keys(rows), columns, term) is { RowCount: > 0 } read)
            {
                yield return read;
            }
        }
    }

    /// <inheritdoc/>
    public override EventRows ReadSeed(Batch seed, int part)
    {
        Vector[] keys = [.. Enumerable.Range(0, ByCount).Select(column => seed[column])];
        Vector[] columns = [.. Enumerable.Range(ByCount, _columns[part].Length).Select(column => seed[column])];
        return Term((FixedVector<long>)seed[ByCount + columns.Length], keys, columns, part);
    }

    /// <inheritdoc/>
    public override KeyWatch NewWatch(long fromTicks) => new NewTermWatch(_spec);

    /// <inheritdoc/>
    public override KeyWatch ReadWatch(BinaryReader reader) => new NewTermWatch(_spec, reader);

    private EventRows Term(FixedVector<long> times, Vector[] keys, Vector[] columns, int term)
    {
        int[] present = [.. Enumerable.Range(0, times.Length).Where(row => !columns.Any(column => IsAbsent(column, row)))];
        var rows = new EventRows(times, [.. keys, .. columns], null);
        Vector[] picked = rows.Pick(present).Keys;
        Vector field = StringVector.Constant(
            System.Text.Encoding.UTF8.GetBytes(string.Join(", ", _spec.Terms[term])), present.Length);
        Vector text = Text(picked[keys.Length..], present.Length);
        return new EventRows((FixedVector<long>)times.Gather(present), [.. picked[..keys.Length], field, text]);
    }

    // Where several columns make a term, what divides them is told from what is in them.
    private static Vector Text(Vector[] columns, int rowCount)
    {
        if (columns is [StringVector only])
        {
            return only;
        }

        var distinct = new GroupTable([.. columns.Select(column => column.Type)]);
        int[] groups = new int[rowCount];
        if (distinct.Assign(columns, groups) && rowCount > 0)
        {
            Array.Fill(groups, groups[0]);
        }

        Vector[] values = distinct.Keys();
        var texts = new StringVectorBuilder();
        for (int group = 0; group < distinct.GroupCount; group++)
        {
            IEnumerable<string> parts = values.Select(column => ScalarText.Format(column.GetScalar(group)));
            texts.Append(columns.Length == 1
                ? parts.First()
                : string.Join(" | ", parts.Select(part => part.Replace("|", "||", StringComparison.Ordinal))));
        }

        return texts.Build().Gather(groups);
    }
}
