using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>The keys of a bag as an array; null for anything else.</summary>
internal sealed class BagKeys() : RowFunction<DynamicVectorBuilder, BagKeys.Operation>(
    "bag_keys(bag:dynamic) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader bag = row.Dynamic(0);
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (int index = 0; bag.Kind == DynamicKind.Bag && index < bag.Count; index++)
            {
                writer.WriteString(bag.KeyAt(index));
            }

            writer.EndArray();
            output.Append(bag.Kind == DynamicKind.Bag ? writer.Written : default);
        }
    }
}
