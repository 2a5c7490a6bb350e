using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>where</c>.</summary>
internal static class FilterBinder
{
    public static LogicalPlan Bind(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var where = (WhereSyntax)syntax;
        return new FilterPlan(input, context.Over(input).Bind(where.Predicate, ScalarType.Bool));
    }
}
