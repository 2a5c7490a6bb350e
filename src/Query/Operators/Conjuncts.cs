using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary>The parts of a predicate that are joined by <c>and</c>; a row passes where every part is true.</summary>
internal static class Conjuncts
{
    public static IReadOnlyList<BoundExpression> Of(BoundExpression predicate)
    {
        var parts = new List<BoundExpression>();
        Collect(predicate, parts);
        return parts;
    }

    private static void Collect(BoundExpression expression, List<BoundExpression> parts)
    {
        if (expression is BoundCall { Function: "and" } both)
        {
            foreach (BoundExpression argument in both.Arguments)
            {
                Collect(argument, parts);
            }

            return;
        }

        parts.Add(expression);
    }
}
