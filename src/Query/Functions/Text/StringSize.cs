using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>Length in bytes of UTF-8.</summary>
internal sealed class StringSize() : RowFunction<FixedVectorBuilder<long>, StringSize.Operation>(
    "string_size(source:string) -> long")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output) => output.Append(row.Text(0).Length);
    }
}
