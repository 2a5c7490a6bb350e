using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Operators;

namespace Bongsu.Query.Functions.Time;

/// <summary>The time the query began, less a timespan.</summary>
internal sealed class Ago() : RowFunction<FixedVectorBuilder<long>, Ago.Operation>("ago(span:timespan) -> datetime")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            bool fits = TickArithmetic.TrySubtract(0, row.Long(0), out long offset);
            TimeOutput.Append(row.Scratch.Context.NowTicks, fits ? offset : long.MaxValue, output);
        }
    }
}
