using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>
/// A time of year, month, day, and perhaps hour, minute and second with fraction; null where there is no such time. Of
/// one value, a
/// cast.
/// </summary>
internal sealed class MakeDateTime() : SignedFunction(
    "make_datetime(year:any, month:number?, day:number?, hour:number?, minute:number?, second:number?) -> datetime")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        if (types.Length == 1)
        {
            return Cast.Find(types[0], ScalarType.DateTime) ?? new ConstantKernel(Scalar.Null(ScalarType.DateTime), types[0]);
        }

        if (types.Length == 2 || (!types[0].IsNumeric() && types[0] != ScalarType.Dynamic))
        {
            throw new FunctionException($"make_datetime() takes one value, or 3 to 6 numbers: {Signature}");
        }

        types[0] = ScalarType.Real;
        return new RowKernel<FixedVectorBuilder<long>, Operation>(default, ScalarType.DateTime, types);
    }

    private readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            (double year, double month, double day) = (row.Real(0), row.Real(1), row.Real(2));
            double hour = row.Count > 3 ? row.Real(3) : 0;
            double minute = row.Count > 4 ? row.Real(4) : 0;
            double second = row.Count > 5 ? row.Real(5) : 0;
            bool isValid = year is >= 1 and < 10000 && month is >= 1 and < 13 && day >= 1 && day < DateTime.DaysInMonth((int)year, (int)month) + 1
                && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60;
            if (!isValid)
            {
                output.AppendNull();
                return;
            }

            output.Append(new DateTime((int)year, (int)month, (int)day).Ticks + ((int)hour * Ticks.PerHour) + ((int)minute * Ticks.PerMinute)
                + (long)Math.Round(second * Ticks.PerSecond));
        }
    }
}
