using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>One bag of all properties; of a key in several bags the leftmost counts. What is no bag is passed
/// over.</summary>
internal sealed class BagMerge() : RowFunction<DynamicVectorBuilder, BagMerge.Operation>(
    "bag_merge(bags:dynamic+) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicWriter writer = row.Scratch.Writer;
            bool isAnyBag = false;
            writer.BeginBag();
            for (int argument = 0; argument < row.Count; argument++)
            {
                DynamicReader bag = row.Dynamic(argument);
                isAnyBag |= bag.Kind == DynamicKind.Bag;
                for (int index = 0; bag.Kind == DynamicKind.Bag && index < bag.Count; index++)
                {
                    if (!IsEarlier(row, argument, bag.KeyAt(index)))
                    {
                        writer.WriteKey(bag.KeyAt(index));
                        writer.WriteValue(bag.ValueAt(index));
                    }
                }
            }

            writer.EndBag();
            output.Append(isAnyBag ? writer.Written : default);
        }

        private static bool IsEarlier(in Row row, int argument, ReadOnlySpan<byte> key)
        {
            for (int earlier = 0; earlier < argument; earlier++)
            {
                if (row.Dynamic(earlier).TryGetProperty(key, out _))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
