using System.Text.Unicode;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>True where a text is valid UTF-8.</summary>
internal sealed class IsUtf8() : RowFunction<FixedVectorBuilder<bool>, IsUtf8.Operation>("isutf8(value:text) -> bool")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output) => output.Append(Utf8.IsValid(row.Text(0)));
    }
}
