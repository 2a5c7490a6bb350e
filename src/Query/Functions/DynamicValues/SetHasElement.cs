using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Whether an array has an element equal to a value; null where it is no array.</summary>
internal sealed class SetHasElement() : SignedFunction("set_has_element(set:dynamic, value:any) -> bool")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<bool>, Operation>(default, ScalarType.Bool, ScalarType.Dynamic, ScalarType.Dynamic);

    private readonly struct Operation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output)
        {
            DynamicReader array = row.Dynamic(0);
            if (array.Kind != DynamicKind.Array)
            {
                output.AppendNull();
                return;
            }

            int index = 0;
            while (index < array.Count && !DynamicOrder.AreEqual(array.ElementAt(index), row.Dynamic(1)))
            {
                index++;
            }

            output.Append(index < array.Count);
        }
    }
}
