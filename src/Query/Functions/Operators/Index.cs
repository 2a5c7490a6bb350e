using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>[]</c>: an element of an array (from 0, negative from the end) or a property of a bag; null where there
/// is none.</summary>
internal sealed class Index() : SignedFunction("[](source:dynamic, key:any) -> dynamic")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => types[1] switch
    {
        ScalarType.String => new RowKernel<DynamicVectorBuilder, ByName>(default, ScalarType.Dynamic, ScalarType.Dynamic, ScalarType.String),
        ScalarType.Int or ScalarType.Long =>
            new RowKernel<DynamicVectorBuilder, ByPosition>(default, ScalarType.Dynamic, ScalarType.Dynamic, ScalarType.Long),
        ScalarType.Dynamic => new RowKernel<DynamicVectorBuilder, ByEither>(default, ScalarType.Dynamic, ScalarType.Dynamic, ScalarType.Dynamic),
        _ => throw new FunctionException($"an index is a string or a long, got {types[1].Name()}", 1),
    };

    private static DynamicReader ElementAt(DynamicReader array, long index)
    {
        int count = array.Kind == DynamicKind.Array ? array.Count : 0;
        long position = index < 0 ? count + index : index;
        return position >= 0 && position < count ? array.ElementAt((int)position) : default;
    }

    private readonly struct ByName : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            row.Dynamic(0).TryGetProperty(row.Text(1), out DynamicReader value);
            output.Append(value.Bytes);
        }
    }

    private readonly struct ByPosition : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output) =>
            output.Append(ElementAt(row.Dynamic(0), row.Long(1)).Bytes);
    }

    private readonly struct ByEither : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader key = row.Dynamic(1);
            DynamicReader value = default;
            if (key.Kind == DynamicKind.String)
            {
                row.Dynamic(0).TryGetProperty(key.Utf8, out value);
            }
            else if (LongParser.TryConvert(key, out long index))
            {
                value = ElementAt(row.Dynamic(0), index);
            }

            output.Append(value.Bytes);
        }
    }
}
