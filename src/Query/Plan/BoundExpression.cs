using Bongsu.Core.Types;
using Bongsu.Query.Functions;

namespace Bongsu.Query.Plan;

/// <summary>A typed expression over the columns of one input batch. Immutable.</summary>
/// <param name="Type">Type of the value.</param>
public abstract record BoundExpression(ScalarType Type);

/// <summary>A value that is the same for all rows.</summary>
/// <param name="Value">The value.</param>
public sealed record BoundLiteral(Scalar Value) : BoundExpression(Value.Type);

/// <summary>A column of the input.</summary>
/// <param name="Index">Position in the input's schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
public sealed record BoundColumn(int Index, string Name, ScalarType Type) : BoundExpression(Type);

/// <summary>A function or operator of arguments whose types are the kernel's parameter types (casts are calls of their
/// own).</summary>
/// <param name="Function">The name, for showing the plan and for push-down.</param>
/// <param name="Kernel">What evaluates.</param>
/// <param name="Arguments">One per parameter.</param>
public sealed record BoundCall(string Function, ScalarKernel Kernel, IReadOnlyList<BoundExpression> Arguments)
    : BoundExpression(Kernel.ResultType);

/// <summary>The single value of a table query (<c>toscalar(T)</c>): computed once before the query that uses it runs;
/// first column of the first row, null if there is none.</summary>
/// <param name="Input">The table query.</param>
/// <param name="Type">Type of its first column.</param>
public sealed record BoundScalarSubquery(LogicalPlan Input, ScalarType Type) : BoundExpression(Type);

/// <summary>Membership in the first column of a table query (<c>x in (T)</c>, <c>in~</c> and their
/// negations).</summary>
/// <param name="Value">What is looked for.</param>
/// <param name="Input">The table query, run once; its first column has the type of <paramref name="Value"/>.</param>
/// <param name="IgnoreCase">For <c>in~</c>.</param>
/// <param name="IsNegated">For <c>!in</c>.</param>
public sealed record BoundInSubquery(BoundExpression Value, LogicalPlan Input, bool IgnoreCase, bool IsNegated)
    : BoundExpression(ScalarType.Bool);
