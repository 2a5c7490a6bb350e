using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Prints a duration by a format such as <c>d.hh:mm:ss.fff</c>; a negative one begins with a minus
/// sign.</summary>
internal sealed class FormatTimeSpan() : SignedFunction("format_timespan(span:timespan, format:string) -> string")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<StringVectorBuilder, Operation>(
            new Operation(new TimeFormat(Name, ConstantArgument.Text(Name, arguments, 1, "format"), "dHhmsfF")), ScalarType.String, types);

    private readonly struct Operation(TimeFormat format) : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            long ticks = row.Long(0);
            output.Append((ticks < 0 ? "-" : "") + format.FormatTimeSpan(Math.Abs(Math.Max(ticks, -long.MaxValue))));
        }
    }
}
