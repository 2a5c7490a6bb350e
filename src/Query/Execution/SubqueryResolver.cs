using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query.Operators;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Execution;

/// <summary>
/// Runs the subqueries of expressions and puts their results in place: a literal for <c>toscalar</c>, a set for
/// <c>in</c>.
/// </summary>
/// <remarks>Each subquery of a plan runs once, before the operator that uses it starts.</remarks>
internal sealed class SubqueryResolver
{
    private readonly QueryRun _run;
    private readonly Func<LogicalPlan, Operator> _build;
    private readonly Dictionary<LogicalPlan, Scalar> _scalars = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LogicalPlan, Batch> _sets = new(ReferenceEqualityComparer.Instance);

    /// <summary>A resolver for one query.</summary>
    /// <param name="run">The query.</param>
    /// <param name="build">Makes the operators of a subquery.</param>
    public SubqueryResolver(QueryRun run, Func<LogicalPlan, Operator> build)
    {
        _run = run;
        _build = build;
    }

    /// <summary>The expression without subqueries; the expression itself where it has none.</summary>
    public BoundExpression Resolve(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundCall call:
                BoundExpression[] arguments = call.Arguments.Select(Resolve).ToArray();
                return arguments.SequenceEqual(call.Arguments, ReferenceEqualityComparer.Instance)
                    ? call
                    : call with { Arguments = arguments };
            case BoundScalarSubquery subquery:
                return new BoundLiteral(Scalar(subquery));
            case BoundInSubquery subquery:
                var kernel = new SetMembershipKernel(
                    subquery.Value.Type, Set(subquery.Input), subquery.IgnoreCase, subquery.IsNegated);
                return new BoundCall(subquery.IsNegated ? "!in" : "in", kernel, [Resolve(subquery.Value)]);
            default:
                return expression;
        }
    }

    private Scalar Scalar(BoundScalarSubquery subquery)
    {
        if (!_scalars.TryGetValue(subquery.Input, out Scalar value))
        {
            Batch? first = _build(new TakePlan(subquery.Input, 1)).Execute().FirstOrDefault();
            value = first is null ? Core.Types.Scalar.Null(subquery.Type) : first[0].GetScalar(0);
            _scalars.Add(subquery.Input, value);
        }

        return value;
    }

    private Batch Set(LogicalPlan input)
    {
        if (!_sets.TryGetValue(input, out Batch? set))
        {
            using var rows = new RowCollection(_run, input.Schema, "in");
            rows.AddAll(_build(input));
            set = rows.Count == 0 ? Batch.Empty(input.Schema) : rows.ToBatch();
            _sets.Add(input, set);
        }

        return set;
    }
}
