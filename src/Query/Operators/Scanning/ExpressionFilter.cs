using Bongsu.Core.Kernels;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Functions;
using Bongsu.Query.Plan;
using Bongsu.Store.Scan;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>One conjunct of a query's predicate inside the scan. Thread-safe.</summary>
internal sealed class ExpressionFilter : ScanFilter
{
    private readonly EvaluationContext _context;
    private readonly ExpressionEvaluator _evaluator;
    private readonly BlockTest _test;
    private readonly string[] _columns;

    public ExpressionFilter(BoundExpression conjunct, EvaluationContext context)
    {
        _context = context;
        var columns = new List<BoundColumn>();
        _evaluator = new ExpressionEvaluator(Rebase(conjunct, columns));
        _columns = columns.Select(column => column.Name).ToArray();
        _test = BlockTest.Of(conjunct, context);
        Cost = FilterCost.Of(conjunct);
    }

    public override IReadOnlyList<string> Columns => _columns;

    public override double Cost { get; }

    public override bool MayMatch(BlockSummary block) => _test.MayMatch(block);

    public override bool IsOfValues => _evaluator.ReadsOneColumn;

    public override bool[] KeepsOf(Vector values)
    {
        var truth = (FixedVector<bool>)_evaluator.Evaluate([values], values.Length, _context);
        bool[] keeps = new bool[values.Length];
        for (int entry = 0; entry < keeps.Length; entry++)
        {
            keeps[entry] = truth[entry] && !truth.IsNull(entry);
        }

        return keeps;
    }

    public override void Apply(ReadOnlySpan<Vector> columns, Bitmap selection)
    {
        if (_evaluator.ReadsOneColumn && columns[0] is StringVector { IsDictionary: true } text && text.Values.Count < selection.Length)
        {
            CodeFilter.And(selection, text.Codes, KeepsOf(new StringVector(text.Values)));
            return;
        }

        var truth = (FixedVector<bool>)_evaluator.Evaluate(columns, selection.Length, _context);
        Selection.AndTrue(selection, truth);
    }

    // The scan hands over only the columns named here: the expression's columns are numbered anew.
    private static BoundExpression Rebase(BoundExpression expression, List<BoundColumn> columns)
    {
        switch (expression)
        {
            case BoundColumn column:
                int index = columns.FindIndex(known => known.Name == column.Name);
                if (index < 0)
                {
                    index = columns.Count;
                    columns.Add(column);
                }

                return column with { Index = index };
            case BoundCall call:
                return call with { Arguments = call.Arguments.Select(argument => Rebase(argument, columns)).ToArray() };
            default:
                return expression;
        }
    }
}
