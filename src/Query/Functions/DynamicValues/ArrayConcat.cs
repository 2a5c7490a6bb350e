using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>All elements of several arrays as one; what is no array is passed over.</summary>
internal sealed class ArrayConcat() : RowFunction<DynamicVectorBuilder, ArrayConcat.Operation>(
    "array_concat(arrays:dynamic+) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (int argument = 0; argument < row.Count; argument++)
            {
                DynamicReader array = row.Dynamic(argument);
                for (int index = 0; array.Kind == DynamicKind.Array && index < array.Count; index++)
                {
                    writer.WriteValue(array.ElementAt(index));
                }
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
