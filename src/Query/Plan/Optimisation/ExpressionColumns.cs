namespace Bongsu.Query.Plan.Optimisation;

/// <summary>Which columns expressions read, and expressions with columns replaced.</summary>
internal static class ExpressionColumns
{
    /// <summary>Adds the positions of all columns that an expression reads.</summary>
    public static void Collect(BoundExpression expression, ISet<int> columns)
    {
        switch (expression)
        {
            case BoundColumn column:
                columns.Add(column.Index);
                break;
            case BoundCall call:
                foreach (BoundExpression argument in call.Arguments)
                {
                    Collect(argument, columns);
                }

                break;
            case BoundInSubquery membership:
                Collect(membership.Value, columns);
                break;
            default:
                break;
        }
    }

    /// <summary>The columns that an expression reads.</summary>
    public static HashSet<int> Of(BoundExpression expression)
    {
        var columns = new HashSet<int>();
        Collect(expression, columns);
        return columns;
    }

    /// <summary>The expression with every column replaced.</summary>
    public static BoundExpression Replace(BoundExpression expression, Func<BoundColumn, BoundExpression> replacement) =>
        expression switch
        {
            BoundColumn column => replacement(column),
            BoundCall call => call with
            {
                Arguments = [.. call.Arguments.Select(
            argument => Replace(argument, replacement))]
            },
            BoundInSubquery membership => membership with { Value = Replace(membership.Value, replacement) },
            _ => expression,
        };

    /// <summary>The expression over an input whose columns have moved.</summary>
    /// <param name="expression">Over the old columns.</param>
    /// <param name="map">New position of each old column.</param>
    public static BoundExpression Move(BoundExpression expression, int[] map) =>
        Replace(expression, column => column with { Index = map[column.Index] });

    /// <summary>Whether it may be computed elsewhere, or twice, with the same result.</summary>
    public static bool IsMovable(BoundExpression expression) => expression switch
    {
        BoundCall call => call.Kernel.IsDeterministic && !call.Kernel.IsWindow && call.Arguments.All(IsMovable),
        BoundInSubquery membership => IsMovable(membership.Value),
        _ => true,
    };

    /// <summary>Whether a window function is inside.</summary>
    public static bool HasWindow(BoundExpression expression) => expression switch
    {
        BoundCall call => call.Kernel.IsWindow || call.Arguments.Any(HasWindow),
        BoundInSubquery membership => HasWindow(membership.Value),
        _ => false,
    };

    /// <summary>Number of nodes.</summary>
    public static int Size(BoundExpression expression) => expression switch
    {
        BoundCall call => 1 + call.Arguments.Sum(Size),
        BoundInSubquery membership => 1 + Size(membership.Value),
        _ => 1,
    };
}
