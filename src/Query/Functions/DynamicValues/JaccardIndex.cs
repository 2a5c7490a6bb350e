using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Size of the intersection of two arrays, taken as sets, over that of their union; NaN for two empty
/// ones.</summary>
internal sealed class JaccardIndex() : RowFunction<FixedVectorBuilder<double>, JaccardIndex.Operation>(
    "jaccard_index(left:dynamic, right:dynamic) -> real")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<double>>
    {
        public void Append(in Row row, FixedVectorBuilder<double> output)
        {
            if (row.Dynamic(0).Kind != DynamicKind.Array || row.Dynamic(1).Kind != DynamicKind.Array)
            {
                output.AppendNull();
                return;
            }

            var left = DynamicSet.Of(row.Dynamic(0));
            var right = DynamicSet.Of(row.Dynamic(1));
            double both = left.Values.Count(right.Contains);
            output.Append(both / (left.Values.Count + right.Values.Count - both));
        }
    }
}
