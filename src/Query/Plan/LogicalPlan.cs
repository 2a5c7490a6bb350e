using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query.Functions;

namespace Bongsu.Query.Plan;

/// <summary>What a query does, operator by operator; history and stream run the same plan. Immutable.</summary>
/// <param name="Schema">Columns of the output.</param>
public abstract record LogicalPlan(Schema Schema)
{
    /// <summary>True where the rows have a promised order (after sort, top, serialize, range …), which window functions
    /// need.</summary>
    public bool IsSerialized { get; init; }
}

/// <summary>Reads a stored table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Schema">The columns that are read (a subset of the table's, once pruned).</param>
/// <param name="Filter">Predicate over <paramref name="Schema"/> pushed into the scan, or null.</param>
/// <param name="FromTicks">Earliest <c>timestamp</c>, inclusive; long.MinValue for none.</param>
/// <param name="ToTicks">Latest <c>timestamp</c>, exclusive; long.MaxValue for none.</param>
public sealed record ScanPlan(
    string Table,
    Schema Schema,
    BoundExpression? Filter,
    long FromTicks,
    long ToTicks) : LogicalPlan(Schema)
{
    /// <summary>Stop after this many rows that pass the filter (any rows; null for all).</summary>
    public long? Limit { get; init; }
}

/// <summary>Rows written in the query (<c>datatable</c>, <c>print</c>) or computed before.</summary>
/// <param name="Rows">The rows.</param>
public sealed record ValuesPlan(Batch Rows) : LogicalPlan(Rows.Schema);

/// <summary><c>range x from a to b step s</c>: one column.</summary>
/// <param name="Schema">One column, of the type of the start.</param>
/// <param name="From">First value (a scalar expression of no columns).</param>
/// <param name="To">Last value, inclusive.</param>
/// <param name="Step">Positive or negative.</param>
public sealed record RangePlan(
    Schema Schema,
    BoundExpression From,
    BoundExpression To,
    BoundExpression Step) : LogicalPlan(Schema);

/// <summary>Keeps rows whose predicate is true.</summary>
/// <param name="Input">Input.</param>
/// <param name="Predicate">Of type bool.</param>
public sealed record FilterPlan(LogicalPlan Input, BoundExpression Predicate) : LogicalPlan(Input.Schema);

/// <summary>Computes every output column from the input (<c>project</c>, <c>extend</c>, <c>project-away</c> …,
/// <c>parse</c> via calls).</summary>
/// <param name="Input">Input.</param>
/// <param name="Expressions">One per output column.</param>
/// <param name="Schema">Output.</param>
public sealed record ProjectPlan(
    LogicalPlan Input,
    IReadOnlyList<BoundExpression> Expressions,
    Schema Schema) : LogicalPlan(Schema);

/// <summary>Groups rows and aggregates (<c>summarize</c>, <c>distinct</c>, <c>count</c>).</summary>
/// <param name="Input">Input.</param>
/// <param name="Keys">Group keys; output columns come first, in this order.</param>
/// <param name="Aggregates">Aggregates; their outputs follow.</param>
/// <param name="Schema">Output: keys, then every aggregate's outputs.</param>
public sealed record SummarizePlan(
    LogicalPlan Input, IReadOnlyList<BoundExpression> Keys, IReadOnlyList<BoundAggregate> Aggregates, Schema Schema) : LogicalPlan(Schema)
{
    /// <summary>True where its input keeps the column <c>timestamp</c>, if it has it, though nothing here reads it.</summary>
    public bool KeepsTimestamp { get; init; }
}

/// <summary>One aggregate call inside <see cref="SummarizePlan"/>.</summary>
/// <param name="Function">Its name, for showing.</param>
/// <param name="Kernel">What aggregates.</param>
/// <param name="Arguments">Per-row arguments, of the kernel's parameter types.</param>
public sealed record BoundAggregate(string Function, AggregateKernel Kernel, IReadOnlyList<BoundExpression> Arguments);

/// <summary>Orders all rows; stable.</summary>
/// <param name="Input">Input.</param>
/// <param name="Keys">Most significant first.</param>
public sealed record SortPlan(LogicalPlan Input, IReadOnlyList<SortKey> Keys) : LogicalPlan(Input.Schema);

/// <summary>The first rows of an order (<c>top</c>, or <c>sort</c> then <c>take</c>).</summary>
/// <param name="Input">Input.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Keys">Most significant first.</param>
public sealed record TopPlan(LogicalPlan Input, long Count, IReadOnlyList<SortKey> Keys) : LogicalPlan(Input.Schema);

/// <summary>One key of an order.</summary>
/// <param name="Expression">What is compared.</param>
/// <param name="IsDescending">Largest first.</param>
/// <param name="NullsFirst">Nulls (and NaN, on their inner side) before everything else.</param>
public sealed record SortKey(BoundExpression Expression, bool IsDescending, bool NullsFirst);

/// <summary>At most some rows (<c>take</c>).</summary>
/// <param name="Input">Input.</param>
/// <param name="Count">Number of rows.</param>
public sealed record TakePlan(LogicalPlan Input, long Count) : LogicalPlan(Input.Schema);

/// <summary>All rows of several inputs, whose columns were brought into one order by projections.</summary>
/// <param name="Inputs">Inputs, all of the same schema.</param>
/// <param name="Schema">Output.</param>
public sealed record UnionPlan(IReadOnlyList<LogicalPlan> Inputs, Schema Schema) : LogicalPlan(Schema);

/// <summary>Kinds of <see cref="JoinPlan"/>, named as in KQL.</summary>
public enum JoinKind
{
    /// <summary>One left row per key, then inner.</summary>
    InnerUnique,

    /// <summary>All pairs.</summary>
    Inner,

    /// <summary>Inner, and left rows without a match.</summary>
    LeftOuter,

    /// <summary>Inner, and right rows without a match.</summary>
    RightOuter,

    /// <summary>Both.</summary>
    FullOuter,

    /// <summary>Left rows with a match.</summary>
    LeftSemi,

    /// <summary>Right rows with a match.</summary>
    RightSemi,

    /// <summary>Left rows without a match.</summary>
    LeftAnti,

    /// <summary>Right rows without a match.</summary>
    RightAnti,
}

/// <summary>Equality join. Output: all left columns, then all right columns (one side only for semi and anti); names
/// were made distinct by the binder.</summary>
/// <param name="Left">Left input.</param>
/// <param name="Right">Right input.</param>
/// <param name="Kind">Which rows.</param>
/// <param name="LeftKeys">Keys over the left input.</param>
/// <param name="RightKeys">Keys over the right input, of the same types.</param>
/// <param name="Schema">Output.</param>
public sealed record JoinPlan(
    LogicalPlan Left, LogicalPlan Right, JoinKind Kind,
    IReadOnlyList<BoundExpression> LeftKeys, IReadOnlyList<BoundExpression> RightKeys, Schema Schema) : LogicalPlan(Schema);

/// <summary><c>mv-expand</c>: one output row per element of arrays or bags, side by side.</summary>
/// <param name="Input">Input.</param>
/// <param name="Columns">What is expanded and where it goes.</param>
/// <param name="ItemIndexColumn">Output position of <c>with_itemindex</c>, or -1.</param>
/// <param name="KindArray">Bags expand to <c>["key", value]</c> instead of one-slot bags.</param>
/// <param name="RowLimit">Most rows per input row.</param>
/// <param name="Schema">Output: the input's columns in place, new ones appended.</param>
public sealed record MvExpandPlan(
    LogicalPlan Input, IReadOnlyList<MvExpandColumn> Columns, int ItemIndexColumn, bool KindArray, long RowLimit, Schema Schema)
    : LogicalPlan(Schema);

/// <summary>One expanded column.</summary>
/// <param name="Array">The dynamic to expand.</param>
/// <param name="OutputIndex">Where the elements go in the output's schema; its type there says what elements are cast
/// to (dynamic: not at all).</param>
public sealed record MvExpandColumn(BoundExpression Array, int OutputIndex);

/// <summary><c>reduce by</c>: patterns of texts, how many rows each has, and one of them.</summary>
/// <param name="Input">One column of strings.</param>
/// <param name="Threshold">Patterns of a smaller share of the rows come under one, <c>*</c>; 0 for none.</param>
/// <param name="Characters">Characters that are part of the variable they stand beside.</param>
/// <param name="Schema">Pattern, Count, Representative.</param>
public sealed record ReducePlan(LogicalPlan Input, double Threshold, string Characters, Schema Schema) : LogicalPlan(Schema);

/// <summary><c>parse</c> and <c>parse-where</c>: new columns out of one text.</summary>
/// <param name="Input">Input.</param>
/// <param name="Text">What is parsed.</param>
/// <param name="Parser">The compiled pattern.</param>
/// <param name="OutputIndexes">For each capture, its position in the output's schema.</param>
/// <param name="DropsUnmatched">True for <c>parse-where</c>.</param>
/// <param name="Schema">Output.</param>
public sealed record ParsePlan(
    LogicalPlan Input, BoundExpression Text, PatternParser Parser, IReadOnlyList<int> OutputIndexes, bool DropsUnmatched,
    Schema Schema) : LogicalPlan(Schema);
