using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Functions;
using Bongsu.Query.Plan;
using Bongsu.Store;
using Bongsu.Stream.Windows;

namespace Bongsu.Stream.Plans;

/// <summary>The row part of a <see cref="StreamPlan"/>, prepared to run over many batches. Immutable and
/// thread-safe.</summary>
internal sealed class RowStages
{
    private readonly StreamPlan _plan;
    private readonly EvaluationContext _context;
    private readonly RowCondition[] _conditions;
    private readonly string? _conditionsKey;
    private readonly bool[] _read;
    private readonly Func<LiveBatch, int[]?> _select;
    private readonly Func<Batch, Batch>[] _stages;
    private readonly ExpressionEvaluator[] _keys;
    private readonly ExpressionEvaluator[][] _arguments;

    public RowStages(StreamPlan plan)
    {
        _plan = plan;
        _context = new EvaluationContext(plan.NowTicks, CancellationToken.None);
        List<BoundExpression> conjuncts = Conjuncts(plan.Scan.Filter);
        Equality = EqualityCondition.Find(conjuncts);
        _conditions =
        [
            .. conjuncts.Where(conjunct => conjunct != Equality?.Expression)
                .Select(conjunct => new RowCondition(conjunct, plan.Scan.Schema, _context)),
        ];
        _conditionsKey = HasTimeRange || _conditions.Any(condition => condition.Key is null)
            ? null
            : string.Join(" and ", _conditions.Select(condition => condition.Key));
        _read = ColumnsRead(plan);
        _select = Select;
        _stages = [.. plan.Stages.Select(Stage)];
        _keys = [.. plan.Keys.Select(Prepare)];
        _arguments = [.. plan.Aggregates.Select(aggregate => aggregate.Arguments.Select(Prepare).ToArray())];
    }

    /// <summary>A condition <c>column == "text"</c> every row must meet, which is left to the caller; null where there
    /// is none.</summary>
    public EqualityCondition? Equality { get; }

    private bool HasTimeRange => _plan.Scan.FromTicks != long.MinValue || _plan.Scan.ToTicks != long.MaxValue;

    /// <summary>Rows that meet the scan's other conditions.</summary>
    public LiveBatch Where(LiveBatch rows) =>
        _conditions.Length == 0 && !HasTimeRange ? rows : rows.Pick(_conditionsKey, _select);

    /// <summary>Rows as the other operators want to see them.</summary>
    public Batch View(LiveBatch rows) => rows.View(_plan.Scan.Schema, _read);

    /// <summary>Runs the other row operators.</summary>
    public Batch Run(Batch batch)
    {
        foreach (Func<Batch, Batch> stage in _stages)
        {
            if (batch.RowCount == 0)
            {
                break;
            }

            batch = stage(batch);
        }

        return batch;
    }

    /// <summary>The group keys of rows that passed <see cref="Run"/>.</summary>
    public Vector[] Keys(Batch batch) => [.. _keys.Select(key => key.Evaluate(batch, _context))];

    /// <summary>For each aggregate, its arguments.</summary>
    public Vector[][] Arguments(Batch batch) =>
        [.. _arguments.Select(arguments => arguments.Select(argument => argument.Evaluate(batch, _context)).ToArray())];

    private int[]? Select(LiveBatch rows)
    {
        Bitmap kept = Bitmap.AllSet(rows.RowCount);
        if (HasTimeRange)
        {
            FixedVector<long> timestamps = rows.Timestamps;
            for (int row = 0; row < rows.RowCount; row++)
            {
                kept[row] = timestamps[row] >= _plan.Scan.FromTicks && timestamps[row] < _plan.Scan.ToTicks;
            }
        }

        foreach (RowCondition condition in _conditions)
        {
            KeepTrue(kept, condition.Evaluate(rows));
        }

        return kept.CountSet() == rows.RowCount ? null : kept.ToSelection();
    }

    // What is left of the columns once the conditions have passed; rows that are kept whole keep all.
    private static bool[] ColumnsRead(StreamPlan plan)
    {
        var read = new bool[plan.Scan.Schema.Count];
        if (plan.Stages.Count > 0 || plan.CountsRows)
        {
            Array.Fill(read, true);
            return read;
        }

        foreach (BoundExpression expression in plan.Keys.Concat(plan.Aggregates.SelectMany(aggregate => aggregate.Arguments)))
        {
            RowCondition.MarkRead(expression, read);
        }

        if (plan.Scan.Schema.IndexOf(SystemColumns.Timestamp) is >= 0 and var timestamp)
        {
            read[timestamp] = true;
        }

        return read;
    }

    private static ExpressionEvaluator Prepare(BoundExpression expression) => new(expression);

    private static List<BoundExpression> Conjuncts(BoundExpression? predicate)
    {
        var parts = new List<BoundExpression>();
        Collect(predicate);
        return parts;

        void Collect(BoundExpression? expression)
        {
            if (expression is BoundCall { Function: "and" } both)
            {
                foreach (BoundExpression argument in both.Arguments)
                {
                    Collect(argument);
                }
            }
            else if (expression is not null)
            {
                parts.Add(expression);
            }
        }
    }

    private static void KeepTrue(Bitmap kept, FixedVector<bool> truth)
    {
        if (truth.IsConstant)
        {
            if (!truth[0] || truth.IsNull(0))
            {
                kept.Words.Clear();
            }

            return;
        }

        ReadOnlySpan<bool> values = truth.Values;
        for (int row = 0; row < values.Length; row++)
        {
            if (!values[row])
            {
                kept[row] = false;
            }
        }

        if (truth.Validity is not null)
        {
            kept.And(truth.Validity);
        }
    }

    private Func<Batch, Batch> Stage(LogicalPlan node)
    {
        switch (node)
        {
            case FilterPlan filter:
                ExpressionEvaluator[] conditions = [.. Conjuncts(filter.Predicate).Select(Prepare)];
                return batch => Filter(batch, conditions);
            case ProjectPlan project:
                ExpressionEvaluator[] expressions = [.. project.Expressions.Select(Prepare)];
                return batch => new Batch(
                    project.Schema,
                    [.. expressions.Select(expression => expression.Evaluate(batch, _context))],
                    batch.RowCount);
            default:
                return batch => PlanRunner.Run(PlanChain.WithInput(node, new ValuesPlan(batch)), _plan.NowTicks);
        }
    }

    private Batch Filter(Batch batch, ExpressionEvaluator[] conditions)
    {
        Bitmap kept = Bitmap.AllSet(batch.RowCount);
        foreach (ExpressionEvaluator condition in conditions)
        {
            KeepTrue(kept, (FixedVector<bool>)condition.Evaluate(batch, _context));
        }

        return kept.CountSet() == batch.RowCount ? batch : batch.Gather(kept.ToSelection());
    }
}
