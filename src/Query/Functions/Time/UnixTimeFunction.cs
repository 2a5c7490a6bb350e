using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>A number of units since 1970-01-01 as a time; null outside the years 1 to 9999.</summary>
internal abstract class UnixTimeFunction : SignedFunction
{
    private readonly decimal _ticksPerUnit;

    protected UnixTimeFunction(string unit, decimal ticksPerUnit)
        : base($"unixtime_{unit}_todatetime({unit}:any) -> datetime")
    {
        _ticksPerUnit = ticksPerUnit;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        types[0].IsNumeric() || types[0] == ScalarType.Dynamic
            ? new RowKernel<FixedVectorBuilder<long>, Operation>(new Operation(_ticksPerUnit), ScalarType.DateTime, ScalarType.Decimal)
            : throw new FunctionException($"{Name}() expects a number, got {types[0].Name()}", 0);

    private readonly struct Operation(decimal ticksPerUnit) : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            decimal units = ((FixedVector<decimal>)row[0])[row.Index];
            if (Math.Abs(units) > 1e19m)
            {
                output.AppendNull();
                return;
            }

            decimal ticks = Math.Floor(units * ticksPerUnit) + Ticks.UnixEpoch;
            if (ticks is >= 0 and <= Ticks.MaxDateTime)
            {
                output.Append((long)ticks);
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
