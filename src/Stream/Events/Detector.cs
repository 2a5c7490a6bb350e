using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query;
using Bongsu.Store;

namespace Bongsu.Stream.Events;

/// <summary>What is watched for in the rows of a query, key by key: how rows are read, and what is told. One owner; the
/// state of a key is its <see cref="KeyWatch"/>.</summary>
internal abstract class Detector
{
    private readonly int _time;
    private readonly int[] _by;

    /// <summary>Binds to the rows' columns.</summary>
    /// <param name="spec">What is watched for.</param>
    /// <param name="rows">The rows' columns: all the specification names.</param>
    protected Detector(EventSpec spec, Schema rows)
    {
        _time = rows.IndexOf(SystemColumns.Timestamp);
        _by = [.. spec.By.Select(rows.IndexOf)];
        KeyColumns = [.. _by.Select(column => rows[column])];
    }

    /// <summary>Columns of the result that tell keys apart; they come first.</summary>
    public IReadOnlyList<Column> KeyColumns { get; protected init; }

    /// <summary>How many of <see cref="KeyColumns"/> are columns of the rows.</summary>
    public int ByCount => _by.Length;

    /// <summary>The other columns of the result.</summary>
    public IReadOnlyList<Column> ValueColumns { get; protected init; } = [];

    /// <summary>Types of the columns a mark is the number of; empty where marks are bits, or nothing.</summary>
    public virtual IReadOnlyList<ScalarType> TermTypes => [];

    /// <summary>Key columns, then value columns.</summary>
    public Schema ResultSchema => new([.. KeyColumns, .. ValueColumns]);

    /// <summary>Everything its state depends on.</summary>
    public string Signature =>
        $"{GetType().Name} {Parameters} " +
        string.Join(',', ResultSchema.Columns.ToArray().Select(column => $"{column.Name}:{column.Type.Name()}")) +
        '|' + string.Join(',', TermTypes.Select(type => type.Name()));

    /// <summary>True where a row more never undoes what was told.</summary>
    public virtual bool IsMonotone => false;

    /// <summary>True where silence says something: without key columns, the one key is watched from the start.</summary>
    public virtual bool WatchesSilence => false;

    /// <summary>How far back rows matter to what is told now.</summary>
    public abstract long ReachTicks { get; }

    /// <summary>How far back, beyond what comes by when the query starts, stored rows are asked once for what they
    /// say; 0 = not at all.</summary>
    public virtual long SeedTicks => 0;

    /// <summary>The columns asked for, apart from <see cref="EventSpec.By"/>: the latest time of each of their values.</summary>
    public virtual IReadOnlyList<IReadOnlyList<string>> SeedColumns => [];

    /// <summary>First and last events of a key within <see cref="ThinningTicks"/> that tell as much as all of them; 0
    /// where every one counts.</summary>
    public virtual int KeptPerEnd => 0;

    /// <summary>See <see cref="KeptPerEnd"/>.</summary>
    public virtual long ThinningTicks => long.MaxValue;

    /// <summary>Everything of the specification, as text.</summary>
    protected abstract string Parameters { get; }

    /// <summary>The detector of a specification.</summary>
    /// <param name="spec">What is watched for.</param>
    /// <param name="rows">The rows' columns: all the specification names.</param>
    /// <exception cref="QueryException">A column has a type that cannot be watched so.</exception>
    public static Detector Create(EventSpec spec, Schema rows) => spec switch
    {
        FrequencySpec frequency => new FrequencyDetector(frequency, rows),
        FlatlineSpec flatline => new FlatlineDetector(flatline, rows),
        ChangeSpec change => new ChangeDetector(change, rows),
        NewTermSpec newTerm => new NewTermDetector(newTerm, rows),
        JobSpec job => new JobDetector(job, rows),
        SequenceSpec sequence => new SequenceDetector(sequence, rows),
        _ => throw new NotSupportedException($"nothing detects {spec.GetType().Name}"),
    };

    /// <summary>What it needs of rows.</summary>
    public virtual IEnumerable<EventRows> Read(Batch rows) => [new EventRows(Times(rows), Keys(rows))];

    /// <summary>A key of which nothing is known.</summary>
    /// <param name="fromTicks">It is watched from here.</param>
    public abstract KeyWatch NewWatch(long fromTicks);

    /// <summary>Restores what <see cref="KeyWatch.Write"/> wrote.</summary>
    public abstract KeyWatch ReadWatch(BinaryReader reader);

    /// <summary>What rows from before its start say, one plan per entry of <see cref="SeedColumns"/>.</summary>
    /// <param name="seed">Columns of <see cref="EventSpec.By"/>, columns of the entry, latest time.</param>
    /// <param name="part">Which entry.</param>
    public virtual EventRows ReadSeed(Batch seed, int part) => throw new NotSupportedException();

    /// <summary>The rows of which a bit is set, each with its bits.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">Boolean columns: the lowest bit first.</param>
    protected EventRows Marked(Batch rows, int[] columns)
    {
        int[] marks = new int[rows.RowCount];
        for (int bit = 0; bit < columns.Length; bit++)
        {
            var truth = (FixedVector<bool>)rows[columns[bit]];
            for (int row = 0; row < marks.Length; row++)
            {
                marks[row] |= truth[row] && !truth.IsNull(row) ? 1 << bit : 0;
            }
        }

        return new EventRows(Times(rows), Keys(rows), Terms: null, marks)
            .Pick([.. Enumerable.Range(0, marks.Length).Where(row => marks[row] != 0)]);
    }

    /// <summary>Columns under names no key column has.</summary>
    protected Column[] Named(params (string Name, ScalarType Type)[] columns) =>
        [.. columns.Select(column =>
        {
            string name = column.Name;
            while (KeyColumns.Any(key => key.Name == name))
            {
                name += "_";
            }

            return new Column(name, column.Type);
        })];

    /// <summary>Null, or the empty text.</summary>
    protected static bool IsAbsent(Vector column, int row) =>
        column.IsNull(row) || (column is StringVector text && text[row].IsEmpty);

    /// <summary>Where a boolean column is.</summary>
    protected static int BoolColumn(Schema rows, string name)
    {
        int column = rows.IndexOf(name);
        Require(rows[column].Type == ScalarType.Bool, $"column '{name}' is {rows[column].Type.Name()}, expected bool");
        return column;
    }

    /// <summary>Says what is wrong with a specification.</summary>
    protected static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new QueryException("argument", message, default);
        }
    }

    /// <summary>Event times of rows.</summary>
    protected FixedVector<long> Times(Batch rows) => (FixedVector<long>)rows[_time];

    /// <summary>The columns of <see cref="EventSpec.By"/>.</summary>
    protected Vector[] Keys(Batch rows) => [.. _by.Select(column => rows[column])];
}
