using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Functions;
using Bongsu.Query.Plan;
using Bongsu.Stream.Windows;

namespace Bongsu.Stream.Plans;

/// <summary>A condition on the rows of a table, prepared to run over many batches. Immutable and thread-safe.</summary>
internal sealed class RowCondition
{
    private readonly ExpressionEvaluator _evaluator;
    private readonly EvaluationContext _context;
    private readonly int _columnCount;
    private readonly (int Index, Column Column)[] _inputs;
    private readonly Func<LiveBatch, FixedVector<bool>> _compute;

    /// <summary>Prepares a condition.</summary>
    /// <param name="expression">It, over the columns of <paramref name="schema"/>.</param>
    /// <param name="schema">Columns of the table's rows.</param>
    /// <param name="context">For kernels.</param>
    public RowCondition(BoundExpression expression, Schema schema, EvaluationContext context)
    {
        _evaluator = new ExpressionEvaluator(expression);
        _context = context;
        _columnCount = schema.Count;
        var read = new bool[schema.Count];
        MarkRead(expression, read);
        _inputs = [.. Enumerable.Range(0, read.Length).Where(column => read[column]).Select(column => (column, schema[column]))];
        _compute = Compute;
        Key = ExpressionKey.Of(expression);
    }

    /// <summary>See <see cref="ExpressionKey"/>.</summary>
    public string? Key { get; }

    /// <summary>What it says of each row.</summary>
    public FixedVector<bool> Evaluate(LiveBatch rows) => rows.Truth(Key, _compute);

    /// <summary>Marks the columns an expression reads.</summary>
    public static void MarkRead(BoundExpression expression, bool[] read)
    {
        switch (expression)
        {
            case BoundColumn column:
                read[column.Index] = true;
                break;
            case BoundCall call:
                foreach (BoundExpression argument in call.Arguments)
                {
                    MarkRead(argument, read);
                }

                break;
        }
    }

    private FixedVector<bool> Compute(LiveBatch rows)
    {
        var columns = new Vector[_columnCount]; // those it does not read stay empty
        foreach ((int index, Column column) in _inputs)
        {
            columns[index] = rows.Find(column);
        }

        return (FixedVector<bool>)_evaluator.Evaluate(columns, rows.RowCount, _context);
    }
}
