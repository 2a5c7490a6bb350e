using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Number of elements; null for what is no array.</summary>
internal sealed class ArrayLength() : RowFunction<FixedVectorBuilder<long>, ArrayLength.Operation>(
    "array_length(array:dynamic) -> long", "arraylength")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            DynamicReader array = row.Dynamic(0);
            if (array.Kind == DynamicKind.Array)
            {
                output.Append(array.Count);
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
