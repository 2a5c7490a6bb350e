using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>An array of the arguments.</summary>
internal sealed class PackArray() : RowFunction<DynamicVectorBuilder, PackArray.Operation>(
    "pack_array(values:any*) -> dynamic")
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
                writer.WriteValue(row[argument], row.Index);
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
