using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>
/// A bag of an array of keys and an array of values; keys that are no strings are passed over, missing values, and all
/// where values
/// is no array, are null.
/// </summary>
internal sealed class BagZip() : RowFunction<DynamicVectorBuilder, BagZip.Operation>(
    "bag_zip(keys:dynamic, values:dynamic) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader keys = row.Dynamic(0);
            DynamicReader values = row.Dynamic(1);
            if (keys.Kind != DynamicKind.Array)
            {
                output.AppendNull();
                return;
            }

            var seen = new HashSet<byte[]>(Utf8Comparer.Instance);
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginBag();
            for (int index = 0; index < keys.Count; index++)
            {
                DynamicReader key = keys.ElementAt(index);
                if (key.Kind == DynamicKind.String && seen.Add(key.Utf8.ToArray()))
                {
                    writer.WriteKey(key.Utf8);
                    writer.WriteValue(values.Kind == DynamicKind.Array && index < values.Count ? values.ElementAt(index) : default);
                }
            }

            writer.EndBag();
            output.Append(writer.Written);
        }
    }
}
