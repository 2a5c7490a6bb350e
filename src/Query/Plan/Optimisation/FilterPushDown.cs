using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query.Functions;

namespace Bongsu.Query.Plan.Optimisation;

/// <summary>Moves each conjunct of a predicate as near to the data as it may go; those that reach a scan become its
/// filter and its time range.</summary>
internal static class FilterPushDown
{
    // A predicate over computed columns is written out over what they are computed of, up to this size.
    private const int MaxExpressionSize = 200;

    public static LogicalPlan Push(LogicalPlan plan) => Push(plan, []);

    private static LogicalPlan Push(LogicalPlan plan, List<BoundExpression> conjuncts)
    {
        switch (plan)
        {
            case FilterPlan filter when ExpressionColumns.HasWindow(filter.Predicate):
                // It sees the rows before and after, so nothing may be filtered away below it.
                return Apply(filter with { Input = Push(filter.Input, []) }, conjuncts);
            case FilterPlan filter:
                Split(filter.Predicate, conjuncts);
                return Push(filter.Input, conjuncts);
            case ScanPlan { Limit: null } scan:
                return PushScan(scan, conjuncts);
            case ProjectPlan project:
                return PushProject(project, conjuncts);
            case SummarizePlan summarize:
                return PushSummarize(summarize, conjuncts);
            case SortPlan sort:
                LogicalPlan sorted = Push(sort.Input, conjuncts);
                return sort with { Input = sorted };
            case UnionPlan union:
                return union with { Inputs = [.. union.Inputs.Select(input => Push(input, [.. conjuncts]))] };
            case JoinPlan join:
                return JoinFilters.Push(join, conjuncts, Push);
            case MvExpandPlan expand:
                HashSet<int> made = [.. expand.Columns.Select(column => column.OutputIndex), expand.ItemIndexColumn];
                (
                    List<BoundExpression> before,
                    List<BoundExpression> after) = Divide(conjuncts, column => !made.Contains(column));
                return Apply(expand with { Input = Push(expand.Input, before) }, after);
            case ParsePlan parse:
                HashSet<int> captured = [.. parse.OutputIndexes];
                (
                    List<BoundExpression> below,
                    List<BoundExpression> above) = Divide(conjuncts, column => !captured.Contains(column));
                return Apply(parse with { Input = Push(parse.Input, below) }, above);
            case TopPlan top:
                return Apply(top with { Input = Push(top.Input, []) }, conjuncts);
            case ReducePlan reduce:
                return Apply(reduce with { Input = Push(reduce.Input, []) }, conjuncts);
            case TakePlan take:
                return Apply(take with { Input = Push(take.Input, []) }, conjuncts);
            default:
                return Apply(plan, conjuncts);
        }
    }

    /// <summary>Conjuncts that read only some columns, and the others.</summary>
    public static (List<BoundExpression> Within, List<BoundExpression> Others) Divide(
        List<BoundExpression> conjuncts, Func<int, bool> isWithin)
    {
        List<BoundExpression> within = [];
        List<BoundExpression> others = [];
        foreach (BoundExpression conjunct in conjuncts)
        {
            bool moves = ExpressionColumns.IsMovable(conjunct) && ExpressionColumns.Of(conjunct).All(isWithin);
            (moves ? within : others).Add(conjunct);
        }

        return (within, others);
    }

    /// <summary>A filter over a plan; none where nothing is to be filtered, nothing where nothing can pass.</summary>
    public static LogicalPlan Apply(LogicalPlan plan, List<BoundExpression> conjuncts)
    {
        conjuncts = [.. conjuncts.Where(conjunct => conjunct is not BoundLiteral { Value.Value: true })];
        return conjuncts.Count == 0 ? plan
            : conjuncts.Any(
                conjunct => conjunct is BoundLiteral) ? new ValuesPlan(Batch.Empty(plan.Schema)) { IsSerialized = plan.IsSerialized }
            : new FilterPlan(plan, Combine(conjuncts)) { IsSerialized = plan.IsSerialized };
    }

    private static void Split(BoundExpression predicate, List<BoundExpression> conjuncts)
    {
        if (predicate is BoundCall { Function: "and" } both)
        {
            Split(both.Arguments[0], conjuncts);
            Split(both.Arguments[1], conjuncts);
        }
        else
        {
            conjuncts.Add(predicate);
        }
    }

    private static BoundExpression Combine(List<BoundExpression> conjuncts)
    {
        BoundExpression combined = conjuncts[0];
        foreach (BoundExpression conjunct in conjuncts.Skip(1))
        {
            ScalarKernel and = FunctionRegistry.FindScalar("and")!.Bind(
                [new ScalarArgument(ScalarType.Bool, null, null), new ScalarArgument(ScalarType.Bool, null, null)]);
            combined = new BoundCall("and", and, [combined, conjunct]);
        }

        return combined;
    }

    private static LogicalPlan PushScan(ScanPlan scan, List<BoundExpression> conjuncts)
    {
        List<BoundExpression> filters = [];
        if (scan.Filter is not null)
        {
            Split(scan.Filter, filters);
        }

        List<BoundExpression> above = [];
        foreach (BoundExpression conjunct in conjuncts)
        {
            if (TimeRange.TryNarrow(scan, conjunct, out ScanPlan narrowed))
            {
                scan = narrowed;
            }
            else if (ExpressionColumns.IsMovable(conjunct) && conjunct is not BoundLiteral)
            {
                filters.Add(conjunct);
            }
            else
            {
                above.Add(conjunct);
            }
        }

        return Apply(filters.Count == 0 ? scan : scan with { Filter = Combine(filters) }, above);
    }

    private static LogicalPlan PushProject(ProjectPlan project, List<BoundExpression> conjuncts)
    {
        bool hasWindow = project.Expressions.Any(ExpressionColumns.HasWindow);
        List<BoundExpression> below = [];
        List<BoundExpression> above = [];
        foreach (BoundExpression conjunct in conjuncts)
        {
            bool moves = !hasWindow && ExpressionColumns.IsMovable(conjunct)
                && ExpressionColumns.Of(conjunct).All(
                    column => ExpressionColumns.IsMovable(project.Expressions[column]));
            BoundExpression written = moves
                ? ExpressionColumns.Replace(conjunct, column => project.Expressions[column.Index])
                : conjunct;
            moves = moves && ExpressionColumns.Size(written) <= MaxExpressionSize;
            (moves ? below : above).Add(moves ? written : conjunct);
        }

        return Apply(project with { Input = Push(project.Input, below) }, above);
    }

    // A condition on group keys holds for all rows of a group or for none.
    private static LogicalPlan PushSummarize(SummarizePlan summarize, List<BoundExpression> conjuncts)
    {
        bool IsKey(int column) => column < summarize.Keys.Count && ExpressionColumns.IsMovable(summarize.Keys[column]);
        (List<BoundExpression> below, List<BoundExpression> above) =
            summarize.Keys.Count == 0 ? ([], conjuncts) : Divide(conjuncts, IsKey);
        below = [.. below.Select(
            conjunct => ExpressionColumns.Replace(conjunct, column => summarize.Keys[column.Index]))];
        return Apply(summarize with { Input = Push(summarize.Input, below) }, above);
    }
}
