using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>What stands behind <c>on</c>: columns of both sides, <c>$left.a == $right.b</c>, several of them by commas
/// or <c>and</c>.</summary>
internal sealed class JoinConditions
{
    private readonly ExpressionBinder _left;
    private readonly ExpressionBinder _right;
    private readonly List<BoundExpression> _leftKeys = [];
    private readonly List<BoundExpression> _rightKeys = [];

    public JoinConditions(ExpressionBinder left, ExpressionBinder right)
    {
        _left = left;
        _right = right;
    }

    public IReadOnlyList<BoundExpression> Left => _leftKeys;

    public IReadOnlyList<BoundExpression> Right => _rightKeys;

    /// <summary>Right columns that are keys as they are.</summary>
    public HashSet<int> RightColumns { get; } = [];

    public void Add(ExpressionSyntax condition)
    {
        switch (condition)
        {
            case NameSyntax or MemberSyntax or IndexSyntax when SideOf(condition) is null:
                Add(_left.Bind(condition), _right.Bind(condition), condition);
                break;
            case BinarySyntax { Operator: "and" } both:
                Add(both.Left);
                Add(both.Right);
                break;
            case BinarySyntax { Operator: "==" } equality when SideOf(equality.Left) is { } first
                && SideOf(equality.Right) is { } second
                && first != second:
                bool isSwapped = first == "$right";
                BoundExpression left = _left.Bind(isSwapped ? equality.Right : equality.Left);
                BoundExpression right = _right.Bind(isSwapped ? equality.Left : equality.Right);
                Add(left, right, equality);
                break;
            default:
                throw new QueryException(
                    "syntax", "a join condition is a column of both sides, or $left.a == $right.b; filter by "
                    + "'where' for anything else", condition.Span)
                {
                    Expected = ["column", "$left.a == $right.b"],
                };
        }
    }

    private void Add(BoundExpression left, BoundExpression right, ExpressionSyntax place)
    {
        if (left.Type == ScalarType.Dynamic || right.Type == ScalarType.Dynamic)
        {
            throw new QueryException(
                "type",
                "a dynamic cannot be a join key; extend a column by tostring(…) or tolong(…) on both sides first",
                place.Span);
        }

        ScalarType type = Coercion.Unify(left.Type, right.Type)
            ?? throw new QueryException(
                "type",
                $"join keys of {left.Type.Name()} and {right.Type.Name()} cannot be equal",
                place.Span);
        if (right is BoundColumn column)
        {
            RightColumns.Add(column.Index);
        }

        _leftKeys.Add(Coercion.Cast(left, type, _left.Context, place.Span));
        _rightKeys.Add(Coercion.Cast(right, type, _right.Context, place.Span));
    }

    private static string? SideOf(ExpressionSyntax syntax) => syntax switch
    {
        NameSyntax { Name: "$left" or "$right" } name => name.Name,
        MemberSyntax member => SideOf(member.Target),
        IndexSyntax index => SideOf(index.Target),
        CallSyntax { Arguments.Count: > 0 } call => SideOf(call.Arguments[0].Value),
        _ => null,
    };
}
