using Bongsu.Core.Types;
using Bongsu.Query.Plan;

namespace Bongsu.Stream.Plans;

/// <summary>A condition <c>column == "text"</c>: what queries over one table are indexed by.</summary>
/// <param name="Column">Name of a string column of the table.</param>
/// <param name="Value">Not empty, since an absent column reads as the empty string.</param>
/// <param name="Expression">The condition itself.</param>
internal sealed record EqualityCondition(string Column, string Value, BoundExpression Expression)
{
    /// <summary>The first such condition, or null.</summary>
    public static EqualityCondition? Find(IReadOnlyList<BoundExpression> conjuncts)
    {
        foreach (BoundExpression conjunct in conjuncts)
        {
            if (conjunct is not BoundCall { Function: "==", Arguments: [var left, var right] })
            {
                continue;
            }

            (BoundColumn? column, BoundLiteral? literal) = left is BoundColumn
                ? (left as BoundColumn, right as BoundLiteral)
                : (right as BoundColumn, left as BoundLiteral);
            if (column is { Type: ScalarType.String } && literal is { Value: { Type: ScalarType.String, AsString: { Length: > 0 } value } })
            {
                return new EqualityCondition(column.Name, value, conjunct);
            }
        }

        return null;
    }
}
