using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>* has "x"</c>: an operator over every column that it can take; true where any is.</summary>
internal static class AnyColumnBinder
{
    public static BoundExpression Bind(ExpressionBinder binder, BinarySyntax binary)
    {
        BoundExpression right = binder.Bind(binary.Right);
        string name = binary.Operator == ":" ? "has" : binary.Operator;
        bool isTextual = right.Type == ScalarType.String;
        BoundExpression? any = null;
        for (int column = 0; column < binder.Row.Schema.Count; column++)
        {
            Column candidate = binder.Row.Schema[column];
            BoundExpression value = new BoundColumn(column, candidate.Name, candidate.Type);
            if (isTextual && candidate.Type == ScalarType.Dynamic)
            {
                value = Coercion.Cast(value, ScalarType.String, binder.Context, binary.Left.Span);
            }

            if (isTextual ? value.Type != ScalarType.String : Coercion.Unify(value.Type, right.Type) is null
                || value.Type == ScalarType.Dynamic)
            {
                continue;
            }

            BoundExpression one = binder.Operator(name, value, right, binary);
            any = any is null ? one : binder.Operator("or", any, one, binary);
        }

        return any ?? new BoundLiteral(Scalar.Of(false));
    }
}
