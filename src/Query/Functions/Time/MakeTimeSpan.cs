using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>A duration of hours and minutes, of hours, minutes and seconds, or with days before them. Of one value, a
/// cast.</summary>
internal sealed class MakeTimeSpan() : SignedFunction(
    "make_timespan(first:any, second:number?, third:number?, fourth:number?) -> timespan")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        if (types.Length == 1)
        {
            return Cast.Find(types[0], ScalarType.TimeSpan) ?? new ConstantKernel(Scalar.Null(ScalarType.TimeSpan), types[0]);
        }

        if (!types[0].IsNumeric() && types[0] != ScalarType.Dynamic)
        {
            throw new FunctionException($"make_timespan() takes one value, or 2 to 4 numbers: {Signature}", 0);
        }

        types[0] = ScalarType.Real;
        return new RowKernel<FixedVectorBuilder<long>, Operation>(default, ScalarType.TimeSpan, types);
    }

    private readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            int first = row.Count == 4 ? 1 : 0;
            double days = first == 1 ? row.Real(0) : 0;
            double hours = row.Real(first);
            double minutes = row.Real(first + 1);
            double seconds = row.Count > 2 ? row.Real(first + 2) : 0;
            bool isValid = days is >= 0 and < 10_000_000 && hours is >= 0 and < 24 && minutes is >= 0 and < 60 && seconds is >= 0 and < 60;
            if (isValid)
            {
                output.Append(((long)days * Ticks.PerDay) + ((long)hours * Ticks.PerHour) + ((long)minutes * Ticks.PerMinute)
                    + (long)Math.Round(seconds * Ticks.PerSecond));
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
