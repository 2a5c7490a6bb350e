using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>The elements from one index to another, both included; negative indexes count from the end.</summary>
internal sealed class ArraySlice() : RowFunction<DynamicVectorBuilder, ArraySlice.Operation>(
    "array_slice(array:dynamic, start:long, end:long) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader array = row.Dynamic(0);
            if (array.Kind != DynamicKind.Array)
            {
                output.AppendNull();
                return;
            }

            long start = row.Long(1) < 0 ? Math.Max(0, array.Count + row.Long(1)) : row.Long(1);
            long end = Math.Min(array.Count - 1, row.Long(2) < 0 ? array.Count + row.Long(2) : row.Long(2));
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (long index = start; index <= end; index++)
            {
                writer.WriteValue(array.ElementAt((int)index));
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
