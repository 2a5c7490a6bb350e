using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>JSON text to a dynamic; text that is no JSON becomes a dynamic string, the empty text null.</summary>
internal sealed class ParseJson() : RowFunction<DynamicVectorBuilder, ParseJson.Operation>(
    "parse_json(text:any) -> dynamic", "todynamic", "toobject", "parsejson")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        types[0] == ScalarType.String
            ? base.Create(arguments, types)
            : Cast.Find(types[0], ScalarType.Dynamic)!;

    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            ReadOnlySpan<byte> text = row.Text(0);
            DynamicWriter writer = row.Scratch.Writer;
            if (text.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            {
                output.AppendNull();
                return;
            }

            if (!DynamicJson.TryParse(text, writer))
            {
                writer.Clear();
                writer.WriteString(text);
            }

            output.Append(writer.Written);
        }
    }
}
