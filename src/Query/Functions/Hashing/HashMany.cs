using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Hashing;

/// <summary>One hash of several values: <c>hash_combine()</c> of the <c>hash()</c> of each.</summary>
internal sealed class HashMany() : RowFunction<FixedVectorBuilder<long>, HashMany.Operation>(
    "hash_many(values:any+) -> long")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            long combined = HashInput.Hash(row, 0);
            for (int argument = 1; argument < row.Count; argument++)
            {
                combined = HashInput.Combine(combined, HashInput.Hash(row, argument));
            }

            output.Append(combined);
        }
    }
}
