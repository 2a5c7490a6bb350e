using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Prints a time by a format such as <c>yyyy-MM-dd HH:mm:ss.fff</c>.</summary>
internal sealed class FormatDateTime() : SignedFunction("format_datetime(date:datetime, format:string) -> string")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<StringVectorBuilder, Operation>(
            new Operation(new TimeFormat(Name, ConstantArgument.Text(Name, arguments, 1, "format"), "yMdHhmsfFt")), ScalarType.String, types);

    private readonly struct Operation(TimeFormat format) : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) => output.Append(format.FormatDateTime(row.Long(0)));
    }
}
