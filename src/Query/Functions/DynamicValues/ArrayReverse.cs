using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>The elements in reverse order; what is no array comes back as it is.</summary>
internal sealed class ArrayReverse() : RowFunction<DynamicVectorBuilder, ArrayReverse.Operation>(
    "array_reverse(array:dynamic) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader array = row.Dynamic(0);
            if (array.Kind != DynamicKind.Array)
            {
                output.Append(array.Bytes);
                return;
            }

            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (int index = array.Count - 1; index >= 0; index--)
            {
                writer.WriteValue(array.ElementAt(index));
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
