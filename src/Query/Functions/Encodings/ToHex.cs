using System.Globalization;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Hexadecimal digits; negative numbers as two's complement, of 8 digits for an int with that
/// length.</summary>
internal sealed class ToHex() : RowFunction<StringVectorBuilder, ToHex.Operation>(
    "tohex(value:long, min_length:long?) -> string")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<StringVectorBuilder, Operation>(new Operation(arguments[0].Type == ScalarType.Int), ScalarType.String, types);

    internal readonly struct Operation(bool isInt) : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            int length = (int)Math.Clamp(row.Count > 1 ? row.Long(1) : 1, 1, 16);
            long value = row.Long(0);
            output.Append(isInt
                ? ((int)value).ToString($"x{length}", CultureInfo.InvariantCulture)
                : value.ToString($"x{length}", CultureInfo.InvariantCulture));
        }
    }
}
