using Bongsu.Core.Types;
using Bongsu.Query.Plan;
using Bongsu.Query.Plan.Optimisation;

namespace Bongsu.Query.Kql;

/// <summary>A compiled query: names and types resolved, optimised, ready to run over history or stream.
/// Immutable.</summary>
/// <param name="Plan">What to do.</param>
/// <param name="Visualization">The hint of <c>render</c>, or null.</param>
/// <param name="NowTicks">What <c>now()</c> was folded to; running the plan uses the same.</param>
public sealed record BoundQuery(LogicalPlan Plan, Visualization? Visualization, long NowTicks)
{
    /// <summary>Columns of the result.</summary>
    public Schema Schema => Plan.Schema;

    /// <summary>The query with only some of its result columns, in the order given; what they do not need is not
    /// read.</summary>
    /// <param name="columns">Their names.</param>
    /// <exception cref="QueryException">Code <c>unknown_name</c>: the result has no such column.</exception>
    public BoundQuery Keep(IReadOnlyList<string> columns)
    {
        var expressions = new List<BoundExpression>();
        foreach (string name in columns)
        {
            int column = Schema.IndexOf(name);
            if (column < 0)
            {
                string[] known = [.. Schema.Columns.ToArray().Select(known => known.Name)];
                throw new QueryException("unknown_name", $"the rows of the query have no column '{name}'", default)
                {
                    Suggestion = Names.Nearest(name, known),
                };
            }

            expressions.Add(new BoundColumn(column, name, Schema[column].Type));
        }

        var schema = new Schema(expressions.Select(expression => new Column(((BoundColumn)expression).Name, expression.Type)));
        return this with { Plan = ColumnPruning.Prune(new ProjectPlan(Plan, expressions, schema)) };
    }
}
