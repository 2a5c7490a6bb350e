using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>A value out of JSON text by a path such as <c>$.a.b[0]</c>, cast to a type.</summary>
internal sealed class ExtractJson() : SignedFunction(
    "extract_json(path:string, text:string, type:string?) -> any", "extractjson")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        string text = ConstantArgument.Text(Name, arguments, 0, "path");
        JsonPath path = JsonPath.TryParse(text) ?? throw new FunctionException($"'{text}' is no path; one looks like $.a.b[0]['c d']", 0);
        ScalarKernel value = new RowKernel<DynamicVectorBuilder, Operation>(new Operation(path), ScalarType.Dynamic, types[..2]);
        return new ThenCastKernel(value, types.Length == 3 ? TypeArgument.Read(Name, arguments, 2) : ScalarType.String, types);
    }

    private readonly struct Operation(JsonPath path) : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicWriter writer = row.Scratch.Writer;
            DynamicReader found = default;
            if (DynamicJson.TryParse(row.Text(1), writer))
            {
                path.TryFollow(new DynamicReader(writer.Written), out found);
            }

            output.Append(found.Bytes);
        }
    }
}
