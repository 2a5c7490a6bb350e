using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>What a name stands for: a value of <c>let</c>, a parameter, a table.</summary>
internal abstract record Binding;

/// <summary>A scalar.</summary>
/// <param name="Value">Its expression.</param>
/// <param name="Row">The row its columns belong to, where it is an argument that depends on one; else null.</param>
internal sealed record ScalarBinding(BoundExpression Value, RowScope? Row) : Binding;

/// <summary>A table query.</summary>
internal sealed record TableBinding(LogicalPlan Plan) : Binding;

/// <summary>A function with the names it sees.</summary>
internal sealed record FunctionBinding(string Name, FunctionSyntax Function, BindScope Closure) : Binding;
