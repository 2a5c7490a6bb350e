using Bongsu.Core.Batches;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary><c>datatable</c>, <c>print</c>, and tables computed before.</summary>
internal sealed class ValuesOperator : Operator
{
    private readonly Batch _rows;

    public ValuesOperator(QueryRun run, ValuesPlan plan)
        : base(run, plan.Schema)
    {
        _rows = plan.Rows;
    }

    public override IEnumerable<Batch> Execute() => BatchSlices.Split(_rows, Run.BatchRows);
}
