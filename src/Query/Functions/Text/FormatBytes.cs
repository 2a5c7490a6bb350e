using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>A number of bytes with a unit of 1024s, rounded to some places: the fitting unit, or the one asked
/// for.</summary>
internal sealed class FormatBytes() : SignedFunction(
    "format_bytes(size:number, precision:long?, unit:string?) -> string")
{
    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        string unit = arguments.Count > 2 ? ConstantArgument.Text(Name, arguments, 2, "unit") : "";
        int index = Array.FindIndex(s_units, known => known.Equals(unit, StringComparison.OrdinalIgnoreCase));
        return index >= 0 || unit.Length == 0
            ? new RowKernel<StringVectorBuilder, Operation>(new Operation(index), ScalarType.String, types)
            : throw new FunctionException($"format_bytes() knows the units {string.Join(", ", s_units)}, got '{unit}'", 2);
    }

    private readonly struct Operation(int unit) : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            double size = row.Real(0);
            int chosen = Math.Max(0, unit);
            size /= Math.Pow(1024, chosen);
            for (; unit < 0 && Math.Abs(size) >= 1024 && chosen < s_units.Length - 1; chosen++)
            {
                size /= 1024;
            }

            int precision = (int)Math.Clamp(row.Count > 1 ? row.Long(1) : 0, 0, 15);
            output.Append($"{ScalarText.Format(Math.Round(size, precision, MidpointRounding.AwayFromZero))} {s_units[chosen]}");
        }
    }
}
