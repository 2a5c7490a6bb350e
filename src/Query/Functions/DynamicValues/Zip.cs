using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Arrays side by side: an array of their first elements, of their second …; shorter ones are filled with
/// null.</summary>
internal sealed class Zip() : RowFunction<DynamicVectorBuilder, Zip.Operation>("zip(arrays:dynamic+) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            int length = 0;
            for (int argument = 0; argument < row.Count; argument++)
            {
                length = Math.Max(length, row.Dynamic(argument).Kind == DynamicKind.Array ? row.Dynamic(argument).Count : 1);
            }

            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (int index = 0; index < length; index++)
            {
                writer.BeginArray();
                for (int argument = 0; argument < row.Count; argument++)
                {
                    DynamicReader source = row.Dynamic(argument);
                    writer.WriteValue(source.Kind != DynamicKind.Array ? (index == 0 ? source : default)
                        : index < source.Count ? source.ElementAt(index)
                        : default);
                }

                writer.EndArray();
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
