using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Operators;

namespace Bongsu.Query.Functions.Hashing;

/// <summary>xxHash64 of a value, or its remainder by a number, which is never negative.</summary>
internal abstract class HashFunction : SignedFunction
{
    protected HashFunction(string name)
        : base($"{name}(source:any, mod:long?) -> long")
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<long>, Operation>(default, ScalarType.Long, types);

    private readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            long hash = HashInput.Hash(row, 0);
            if (row.Count == 1)
            {
                output.Append(hash);
            }
            else if (!row.IsNull(1) && TickArithmetic.TryRemainder(hash, row.Long(1), out long remainder))
            {
                output.Append(remainder);
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
