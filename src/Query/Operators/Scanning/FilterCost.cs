using Bongsu.Core.Types;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>
/// About what a predicate costs per row, so that cheap ones run first; one comparison of numbers is 1.
/// </summary>
internal static class FilterCost
{
    public static double Of(BoundExpression expression)
    {
        if (expression is not BoundCall call)
        {
            return expression is BoundColumn { Type: ScalarType.String or ScalarType.Dynamic } ? 4 : 0.1;
        }

        double own = call.Function switch
        {
            "matches regex" or "extract" or "extract_all" or "parse_json" or "replace_regex" => 100,
            "contains" or "!contains" or "contains_cs" or "!contains_cs" or "has" or "!has" or "has_cs" or "!has_cs"
                or "has_any" or "has_all" => 10,
            _ => 1,
        };
        foreach (BoundExpression argument in call.Arguments)
        {
            own += Of(argument);
        }

        return own;
    }
}
