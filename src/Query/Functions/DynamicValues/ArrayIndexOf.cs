using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Place of an element equal to a value, from 0; -1 where there is none.</summary>
internal sealed class ArrayIndexOf() : SignedFunction(
    "array_index_of(array:dynamic, value:any, start:long?, length:long?, occurrence:long?) -> long")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        types[1] = ScalarType.Dynamic;
        return new RowKernel<FixedVectorBuilder<long>, Operation>(default, ScalarType.Long, types);
    }

    private readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            DynamicReader array = row.Dynamic(0);
            long start = row.Count > 2 ? row.Long(2) : 0;
            long length = row.Count > 3 ? row.Long(3) : -1;
            long occurrence = row.Count > 4 ? row.Long(4) : 1;
            if (array.Kind != DynamicKind.Array || length < -1 || occurrence < 1)
            {
                output.AppendNull();
                return;
            }

            start = start < 0 ? Math.Max(0, array.Count + start) : start;
            long end = length < 0 ? array.Count : Math.Min(array.Count, start + length);
            for (long index = start; index < end; index++)
            {
                if (DynamicOrder.AreEqual(array.ElementAt((int)index), row.Dynamic(1)) && --occurrence == 0)
                {
                    output.Append(index);
                    return;
                }
            }

            output.Append(-1);
        }
    }
}
