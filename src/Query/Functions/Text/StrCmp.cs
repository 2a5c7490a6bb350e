using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>-1, 0 or 1: the order of two texts by their bytes, which is that of their code points.</summary>
internal sealed class StrCmp() : RowFunction<FixedVectorBuilder<long>, StrCmp.Operation>(
    "strcmp(left:text, right:text) -> long")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output) =>
            output.Append(Math.Sign(row.Text(0).SequenceCompareTo(row.Text(1))));
    }
}
