using Bongsu.Core.Types;
using Bongsu.Query.Plan;

namespace Bongsu.Stream.Plans;

/// <summary>
/// Whether a condition over aggregates, once true for a key, stays true whatever rows still come: then a window need
/// not be over to be told. Sure answers only: what is not understood is not monotone.
/// </summary>
internal static class MonotoneCondition
{
    private static readonly HashSet<string> s_growing = ["count", "countif", "count_distinct", "count_distinctif", "max", "maxif"];

    /// <summary>Looks at what follows a summarize.</summary>
    public static bool Holds(SummarizePlan summarize, IReadOnlyList<LogicalPlan> rest)
    {
        // What a column of the rows at hand is: a key, an aggregate that only grows, or neither.
        Trait[] traits = [.. summarize.Keys.Select(_ => Trait.Key), .. summarize.Aggregates.SelectMany(TraitsOf)];
        bool hasCondition = false;
        foreach (LogicalPlan node in rest)
        {
            switch (node)
            {
                case FilterPlan filter when IsMonotone(filter.Predicate, traits):
                    hasCondition = true;
                    break;
                case ProjectPlan project:
                    traits = [.. project.Expressions.Select(expression => TraitOf(expression, traits))];
                    break;
                default:
                    return false;
            }
        }

        return hasCondition || summarize.Keys.Count > 0;
    }

    private static IEnumerable<Trait> TraitsOf(BoundAggregate aggregate) =>
        aggregate.Kernel.Outputs.Select(_ => s_growing.Contains(aggregate.Function) ? Trait.Grows : Trait.Other);

    private static Trait TraitOf(BoundExpression expression, Trait[] traits) => expression switch
    {
        BoundColumn column => traits[column.Index],
        BoundLiteral => Trait.Key,
        BoundCall call when call.Arguments.All(argument => TraitOf(argument, traits) == Trait.Key) => Trait.Key,
        _ => Trait.Other,
    };

    private static bool IsMonotone(BoundExpression condition, Trait[] traits) => condition switch
    {
        BoundCall { Function: "and" or "or" } both => both.Arguments.All(argument => IsMonotone(argument, traits)),
        BoundCall { Function: ">" or ">=", Arguments: [BoundColumn column, BoundLiteral] } => Stays(column, traits),
        BoundCall { Function: "<" or "<=", Arguments: [BoundLiteral, BoundColumn column] } => Stays(column, traits),
        _ => TraitOf(condition, traits) == Trait.Key,
    };

    // Text has no maximum that grows in a way people mean.
    private static bool Stays(BoundColumn column, Trait[] traits) =>
        column.Type != ScalarType.String && traits[column.Index] is Trait.Grows or Trait.Key;

    private enum Trait
    {
        Other,
        Key,
        Grows,
    }
}
