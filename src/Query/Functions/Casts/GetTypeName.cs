using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>The type of a value; of a dynamic that of what is in it (<c>array</c>, <c>dictionary</c>, <c>null</c>, a
/// primitive).</summary>
internal sealed class GetTypeName() : SignedFunction("gettype(value:any) -> string")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        types[0] == ScalarType.Dynamic
            ? new RowKernel<StringVectorBuilder, OfDynamic>(default, ScalarType.String, ScalarType.Dynamic)
            : new ConstantKernel(Scalar.Of(types[0].Name()), types[0]);

    internal readonly struct OfDynamic : IRowOperation<StringVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, StringVectorBuilder output) => output.Append(row.Dynamic(0).Kind switch
        {
            DynamicKind.Null => "null"u8,
            DynamicKind.False or DynamicKind.True => "bool"u8,
            DynamicKind.Long => "long"u8,
            DynamicKind.Real => "double"u8,
            DynamicKind.Decimal => "decimal"u8,
            DynamicKind.String => "string"u8,
            DynamicKind.DateTime => "datetime"u8,
            DynamicKind.TimeSpan => "timespan"u8,
            DynamicKind.Guid => "guid"u8,
            DynamicKind.Array => "array"u8,
            _ => "dictionary"u8,
        });
    }
}
