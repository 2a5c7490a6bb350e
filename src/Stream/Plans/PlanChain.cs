using Bongsu.Query;
using Bongsu.Query.Functions;
using Bongsu.Query.Plan;

namespace Bongsu.Stream.Plans;

/// <summary>Linear plans: one operator on top of another, down to a table.</summary>
internal static class PlanChain
{
    /// <summary>The operators from the scan up.</summary>
    /// <exception cref="QueryException">The plan branches, reads no table, or looks at other tables.</exception>
    public static List<LogicalPlan> Of(LogicalPlan plan)
    {
        var chain = new List<LogicalPlan>();
        for (LogicalPlan? node = plan; node is not null; node = InputOf(node))
        {
            RequireOwnExpressions(node);
            chain.Add(node);
        }

        chain.Reverse();
        return chain[0] is ScanPlan { Limit: null } ? chain : throw Unsupported("a rule cannot use 'take' before 'summarize'");
    }

    /// <summary>Lets pass what depends on one row alone.</summary>
    public static void RequireRowOperator(LogicalPlan node)
    {
        if (node is FilterPlan or ProjectPlan or ParsePlan or MvExpandPlan)
        {
            return;
        }

        throw Unsupported($"a rule cannot use '{NameOf(node)}' before 'summarize'; rows come one after another there");
    }

    /// <summary>The same operator on another input.</summary>
    public static LogicalPlan WithInput(LogicalPlan node, LogicalPlan input) => node switch
    {
        FilterPlan filter => filter with { Input = input },
        ProjectPlan project => project with { Input = input },
        ParsePlan parse => parse with { Input = input },
        MvExpandPlan expand => expand with { Input = input },
        SummarizePlan summarize => summarize with { Input = input },
        SortPlan sort => sort with { Input = input },
        TopPlan top => top with { Input = input },
        TakePlan take => take with { Input = input },
        _ => throw Unsupported($"a rule cannot use '{NameOf(node)}'"),
    };

    /// <summary>The query cannot run over a stream.</summary>
    public static QueryException Unsupported(string message) => new("unsupported", message, default);

    private static LogicalPlan? InputOf(LogicalPlan node) => node switch
    {
        ScanPlan => null,
        FilterPlan filter => filter.Input,
        ProjectPlan project => project.Input,
        ParsePlan parse => parse.Input,
        MvExpandPlan expand => expand.Input,
        SummarizePlan summarize => summarize.Input,
        SortPlan sort => sort.Input,
        TopPlan top => top.Input,
        TakePlan take => take.Input,
        ValuesPlan or RangePlan => throw Unsupported("a rule must read a table"),
        _ => throw Unsupported($"a rule cannot use '{NameOf(node)}' yet; it reads one table"),
    };

    private static string NameOf(LogicalPlan node) => node switch
    {
        JoinPlan => "join",
        UnionPlan => "union",
        SortPlan => "sort",
        TopPlan => "top",
        TakePlan => "take",
        _ => node.GetType().Name.Replace("Plan", "", StringComparison.Ordinal).ToLowerInvariant(),
    };

    private static void RequireOwnExpressions(LogicalPlan node)
    {
        IEnumerable<BoundExpression> expressions = node switch
        {
            ScanPlan { Filter: { } pushed } => [pushed],
            FilterPlan filter => [filter.Predicate],
            ProjectPlan project => project.Expressions,
            ParsePlan parse => [parse.Text],
            MvExpandPlan expand => expand.Columns.Select(column => column.Array),
            SummarizePlan summarize => summarize.Keys.Concat(summarize.Aggregates.SelectMany(aggregate => aggregate.Arguments)),
            SortPlan sort => sort.Keys.Select(key => key.Expression),
            TopPlan top => top.Keys.Select(key => key.Expression),
            _ => [],
        };
        foreach (BoundExpression expression in expressions)
        {
            RequireOwn(expression);
        }
    }

    private static void RequireOwn(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundScalarSubquery or BoundInSubquery:
                throw Unsupported("a rule cannot look at another table (toscalar, in (…)) yet");
            case BoundCall { Kernel: ScalarKernel { IsWindow: true } } call:
                throw Unsupported($"a rule cannot use {call.Function}(): it needs rows in order");
            case BoundCall call:
                foreach (BoundExpression argument in call.Arguments)
                {
                    RequireOwn(argument);
                }

                break;
        }
    }
}
