using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Operators;

namespace Bongsu.Query.Functions.Time;

/// <summary>Adds a number of parts to a time; months keep the day where they have it.</summary>
internal sealed class DateTimeAdd() : SignedFunction(
    "datetime_add(part:string, amount:long, date:datetime) -> datetime")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<long>, Operation>(new Operation(TimePartArgument.Read(Name, arguments, 0)), ScalarType.DateTime, types);

    private readonly struct Operation(TimePart part) : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            long amount = row.Long(1);
            long months = part switch { TimePart.Year => 12, TimePart.Quarter => 3, TimePart.Month => 1, _ => 0 };
            if (months > 0)
            {
                bool isValid = Multiply.OfLong.TryApply(amount, months, out long total) & Calendar.TryAddMonths(row.Long(2), total, out long moved);
                TimeOutput.Append(isValid ? moved : Ticks.MaxDateTime, isValid ? 0 : 1, output);
                return;
            }

            long offset = amount / 100;
            bool fits = part == TimePart.Nanosecond || Multiply.OfLong.TryApply(amount, TimePartArgument.FixedTicks(part), out offset);
            TimeOutput.Append(row.Long(2), fits ? offset : long.MaxValue, output);
        }
    }
}
