using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>How many boundaries of a part lie between two times: first less second.</summary>
internal sealed class DateTimeDiff() : SignedFunction(
    "datetime_diff(part:string, left:datetime, right:datetime) -> long")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<long>, Operation>(new Operation(TimePartArgument.Read(Name, arguments, 0)), ScalarType.Long, types);

    private readonly struct Operation(TimePart part) : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output) => output.Append(Index(row.Long(1)) - Index(row.Long(2)));

        private long Index(long ticks)
        {
            var date = new DateTime(ticks);
            return part switch
            {
                TimePart.Year => date.Year,
                TimePart.Quarter => (date.Year * 4) + ((date.Month - 1) / 3),
                TimePart.Month => (date.Year * 12) + date.Month,
                TimePart.Week or TimePart.WeekOfYear => ((ticks / Ticks.PerDay) + 1) / 7,
                TimePart.Nanosecond => ticks * 100,
                _ => ticks / TimePartArgument.FixedTicks(part),
            };
        }
    }
}
