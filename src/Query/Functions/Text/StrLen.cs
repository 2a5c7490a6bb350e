using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>Length in characters (code points).</summary>
internal sealed class StrLen() : RowFunction<FixedVectorBuilder<long>, StrLen.Operation>(
    "strlen(source:string) -> long")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output) => output.Append(CodePoints.Count(row.Text(0)));
    }
}
