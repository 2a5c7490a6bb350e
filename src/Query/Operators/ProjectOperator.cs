using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary><c>project</c>, <c>extend</c> and their kin: computes every output column.</summary>
internal sealed class ProjectOperator : RowwiseOperator
{
    private readonly ExpressionEvaluator[] _expressions;

    public ProjectOperator(QueryRun run, Operator input, ProjectPlan plan)
        : base(run, input, plan.Schema)
    {
        _expressions = plan.Expressions.Select(expression => new ExpressionEvaluator(expression)).ToArray();
    }

    protected override IEnumerable<Batch> Transform(Batch batch)
    {
        var columns = new Vector[_expressions.Length];
        for (int column = 0; column < columns.Length; column++)
        {
            columns[column] = _expressions[column].Evaluate(batch, Run.Evaluation);
        }

        yield return new Batch(Schema, columns, batch.RowCount);
    }
}
