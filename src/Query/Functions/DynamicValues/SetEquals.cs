using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Whether two arrays have the same distinct elements.</summary>
internal sealed class SetEquals() : RowFunction<FixedVectorBuilder<bool>, SetEquals.Operation>(
    "set_equals(left:dynamic, right:dynamic) -> bool")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output)
        {
            if (row.Dynamic(0).Kind != DynamicKind.Array || row.Dynamic(1).Kind != DynamicKind.Array)
            {
                output.AppendNull();
                return;
            }

            var left = DynamicSet.Of(row.Dynamic(0));
            var right = DynamicSet.Of(row.Dynamic(1));
            output.Append(left.Values.Count == right.Values.Count && left.Values.TrueForAll(right.Contains));
        }
    }
}
