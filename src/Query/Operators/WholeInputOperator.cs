using Bongsu.Core.Batches;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Operators;

/// <summary>Collects all rows into one batch, for window functions, which look at rows before and after.</summary>
internal sealed class WholeInputOperator : Operator
{
    private readonly Operator _input;

    public WholeInputOperator(QueryRun run, Operator input)
        : base(run, input.Schema)
    {
        _input = input;
    }

    public override IEnumerable<Batch> Execute()
    {
        using var rows = new RowCollection(Run, Schema, "a window function");
        rows.AddAll(_input);
        if (rows.Count > 0)
        {
            yield return rows.ToBatch();
        }
    }
}
