using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Which columns an expression reads.</summary>
internal static class ColumnReferences
{
    public static bool HasAny(BoundExpression expression) => expression switch
    {
        BoundColumn => true,
        BoundCall call => call.Arguments.Any(HasAny),
        BoundInSubquery membership => HasAny(membership.Value),
        _ => false,
    };
}
