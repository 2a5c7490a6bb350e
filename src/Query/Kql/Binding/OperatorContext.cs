using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>What the binder of one operator has at hand.</summary>
/// <param name="Tables">For tables inside.</param>
/// <param name="Scope">Names in sight; <c>as</c> adds to them.</param>
/// <param name="Source">What the pipeline begins with, for its name.</param>
internal readonly record struct OperatorContext(TableBinder Tables, BindScope Scope, ExpressionSyntax? Source)
{
    public BindContext Compilation => Tables.Context;

    /// <summary>For expressions over the rows of an input.</summary>
    public ExpressionBinder Over(LogicalPlan input) => new(Tables, Scope, RowScope.Of(input));

    /// <summary>For expressions without rows.</summary>
    public ExpressionBinder Constants() => new(Tables, Scope, RowScope.None);
}
