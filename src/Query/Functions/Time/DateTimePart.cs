using System.Globalization;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>A part of a time as a number.</summary>
internal sealed class DateTimePart() : SignedFunction("datetime_part(part:string, date:datetime) -> int", "datepart")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<int>, Operation>(new Operation(TimePartArgument.Read(Name, arguments, 0)), ScalarType.Int, types);

    private readonly struct Operation(TimePart part) : IRowOperation<FixedVectorBuilder<int>>
    {
        public void Append(in Row row, FixedVectorBuilder<int> output)
        {
            var date = new DateTime(row.Long(1));
            long fraction = row.Long(1) % Ticks.PerSecond;
            output.Append(part switch
            {
                TimePart.Year => date.Year,
                TimePart.Quarter => ((date.Month - 1) / 3) + 1,
                TimePart.Month => date.Month,
                TimePart.Week or TimePart.WeekOfYear => ISOWeek.GetWeekOfYear(date),
                TimePart.Day => date.Day,
                TimePart.DayOfYear => date.DayOfYear,
                TimePart.Hour => date.Hour,
                TimePart.Minute => date.Minute,
                TimePart.Second => date.Second,
                TimePart.Millisecond => (int)(fraction / Ticks.PerMillisecond),
                TimePart.Microsecond => (int)(fraction / Ticks.PerMicrosecond),
                _ => (int)(fraction * 100),
            });
        }
    }
}
