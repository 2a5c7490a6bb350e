using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>The time the query began, the same in every row; with an offset added.</summary>
internal sealed class Now() : SignedFunction("now(offset:timespan?) -> datetime")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<long>, Operation>(default, ScalarType.DateTime, types);

    private readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output) =>
            TimeOutput.Append(row.Scratch.Context.NowTicks, row.Count > 0 ? row.Long(0) : 0, output);
    }
}
