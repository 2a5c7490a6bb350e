using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary><c>parse</c> and <c>parse-where</c>.</summary>
internal sealed class ParseOperator : RowwiseOperator
{
    private readonly ParsePlan _plan;
    private readonly ExpressionEvaluator _text;

    public ParseOperator(QueryRun run, Operator input, ParsePlan plan)
        : base(run, input, plan.Schema)
    {
        _plan = plan;
        _text = new ExpressionEvaluator(plan.Text);
    }

    protected override IEnumerable<Batch> Transform(Batch batch)
    {
        var text = (StringVector)_text.Evaluate(batch, Run.Evaluation);
        var matched = new Bitmap(batch.RowCount);
        Vector[] captures = _plan.Parser.Parse(text, matched);
        var columns = new Vector[Schema.Count];
        batch.Vectors.CopyTo(columns);
        for (int capture = 0; capture < captures.Length; capture++)
        {
            columns[_plan.OutputIndexes[capture]] = captures[capture];
        }

        var output = new Batch(Schema, columns, batch.RowCount);
        int count = _plan.DropsUnmatched ? matched.CountSet() : batch.RowCount;
        if (count > 0)
        {
            yield return count == batch.RowCount ? output : output.Gather(matched.ToSelection());
        }
    }
}
