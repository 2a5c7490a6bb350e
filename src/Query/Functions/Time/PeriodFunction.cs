using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>The beginning or end of the calendar period a time is in, moved by some periods.</summary>
internal abstract class PeriodFunction : SignedFunction
{
    private readonly CalendarUnit _unit;
    private readonly bool _isEnd;

    protected PeriodFunction(string name, CalendarUnit unit)
        : base($"{name}(date:datetime, offset:long?) -> datetime")
    {
        _unit = unit;
        _isEnd = name.StartsWith("end", StringComparison.Ordinal);
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<long>, Operation>(new Operation(_unit, _isEnd), ScalarType.DateTime, types);

    private readonly struct Operation(CalendarUnit unit, bool isEnd) : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            long offset = row.Count > 1 ? row.Long(1) : 0;
            bool isValid = isEnd
                ? Calendar.TryEnd(row.Long(0), unit, offset, out long ticks)
                : Calendar.TryStart(row.Long(0), unit, offset, out ticks);
            if (isValid)
            {
                output.Append(ticks);
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
