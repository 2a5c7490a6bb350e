using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>reduce by</c>.</summary>
internal static class ReduceBinder
{
    private static readonly Schema s_schema = new(
    [
        new Column("Pattern", ScalarType.String),
        new Column("Count", ScalarType.Long),
        new Column("Representative", ScalarType.String),
    ]);

    public static LogicalPlan Bind(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var reduce = (ReduceSyntax)syntax;
        if (reduce.Options.TryGetValue("kind", out string? kind))
        {
            throw new QueryException("unsupported", $"reduce kind={kind} is not supported yet", syntax.Span);
        }

        BoundExpression text = context.Over(input).Bind(reduce.Text);
        if (text.Type is not (ScalarType.String or ScalarType.Dynamic))
        {
            throw new QueryException(
                "type", $"reduce takes a string, met a {text.Type.Name()}; use tostring(…)", reduce.Text.Span);
        }

        text = Coercion.Cast(text, ScalarType.String, context.Compilation, reduce.Text.Span);
        var texts = new ProjectPlan(input, [text], new Schema([new Column("text", ScalarType.String)]));
        return new ReducePlan(texts, Threshold(context, reduce.Threshold), Characters(context, reduce.Characters), s_schema);
    }

    private static double Threshold(OperatorContext context, ExpressionSyntax? syntax)
    {
        if (syntax is null)
        {
            return 0;
        }

        Scalar value = context.Constants().BindConstant(syntax, "the threshold");
        double? share = value.Value switch { double real => real, long whole => whole, int whole => whole, _ => null };
        return share is >= 0 and <= 1
            ? share.Value
            : throw new QueryException("argument", "the threshold must be a number from 0 to 1", syntax.Span);
    }

    private static string Characters(OperatorContext context, ExpressionSyntax? syntax)
    {
        if (syntax is null)
        {
            return "";
        }

        Scalar value = context.Constants().BindConstant(syntax, "the characters");
        return value.Type == ScalarType.String
            ? value.AsString
            : throw new QueryException("type", "the characters must be a string", syntax.Span);
    }
}
