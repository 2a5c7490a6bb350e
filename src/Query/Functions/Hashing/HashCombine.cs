using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Hashing;

/// <summary>Several hashes as one; their order counts.</summary>
internal sealed class HashCombine() : RowFunction<FixedVectorBuilder<long>, HashCombine.Operation>(
    "hash_combine(hashes:long+) -> long")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            long combined = row.Long(0);
            for (int argument = 1; argument < row.Count; argument++)
            {
                combined = HashInput.Combine(combined, row.Long(argument));
            }

            output.Append(combined);
        }
    }
}
