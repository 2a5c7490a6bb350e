using Bongsu.Core.Encodings;
using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Scan;

/// <summary>Rows stored together, in the head or in a part. Immutable.</summary>
internal abstract class RowBlock
{
    public abstract int RowCount { get; }

    public abstract long MinTicks { get; }

    public abstract long MaxTicks { get; }

    /// <summary>True once the part was found damaged.</summary>
    public virtual bool IsSetAside => false;

    /// <summary>All values of a column as the given type; nulls where the block does not have it. Decoded into <paramref name="arrays"/> where
    /// there are any.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="statistics">Counts what is read.</param>
    /// <param name="arrays">Lends the memory; null = new arrays.</param>
    /// <param name="siblings">Gives other columns, where somebody holds them for now; null where nobody does.</param>
    /// <param name="wanted">Rows that are not wanted may hold anything; null = all are.</param>
    public abstract Vector Read(
        string column,
        ScalarType type,
        ScanStatistics statistics,
        BlockArrays? arrays,
        SiblingReader siblings,
        RowGroups? wanted = null);

    /// <summary>Clears the bits of rows whose value is not kept, where the block lists its values and the column need not be
    /// decoded for it; where that is found out too late, gives the column.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="keeps">Says of each of some values whether it is kept.</param>
    /// <param name="selection">One bit a row; as it was where the rows were not selected.</param>
    /// <param name="statistics">Counts what is read.</param>
    /// <param name="arrays">Lends the memory; null = new arrays.</param>
    public virtual (bool IsSelected, Vector? Column) Select(
        string column,
        ScalarType type,
        Func<Vector, bool[]> keeps,
        Bitmap selection,
        ScanStatistics statistics,
        BlockArrays? arrays) => (false, null);

    /// <summary>Whether of a column some groups of rows can be read for less than all.</summary>
    public virtual bool CanReadGroups(string column, ScalarType type) => type is not (ScalarType.String or ScalarType.Dynamic);

    /// <summary>Whether a column is stored as templated text of a type.</summary>
    public virtual bool HasTemplates(string column, ScalarType type) => false;

    /// <summary>How many rows have a value that is kept, where templates tell without their variables; else null.</summary>
    /// <param name="column">A column that <see cref="HasTemplates"/>.</param>
    /// <param name="keeps">Says of each of some values whether it is kept.</param>
    /// <param name="statistics">Counts what is read.</param>
    public virtual int? CountByTemplates(string column, Func<Vector, bool[]> keeps, ScanStatistics statistics) => null;

    /// <summary>Some rows of a column; nothing of them is in <paramref name="arrays"/>, which are only used to get
    /// there.</summary>
    public virtual Vector ReadRows(
        string column,
        ScalarType type,
        ReadOnlySpan<int> rows,
        ScanStatistics statistics,
        BlockArrays? arrays,
        SiblingReader siblings) =>
        Gather(Read(column, type, statistics, arrays, siblings, RowGroups.Of(rows, RowCount)), rows);

    /// <summary>Some rows of a column; what few rows refer to is looked up at once, while the siblings are
    /// there.</summary>
    public static Vector Gather(Vector vector, ReadOnlySpan<int> rows)
    {
        TemplateText? all = (vector as StringVector)?.Templates;
        bool isFew = all?.IsFew(rows.Length) ?? false;
        if (!isFew)
        {
            all?.Open();
        }

        Vector gathered = vector.Gather(rows);
        if (isFew && gathered is StringVector { Templates: { } some })
        {
            some.LoadAll();
        }

        return gathered;
    }

    public abstract BlockSummary Summarize(TableSnapshot snapshot);

    /// <summary>Takes the damaged part out of the table; false where there is none.</summary>
    public virtual bool TrySetAside(CorruptDataException exception) => false;
}
