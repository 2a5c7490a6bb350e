using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>True where a text has no character above U+007F.</summary>
internal sealed class IsAscii() : RowFunction<FixedVectorBuilder<bool>, IsAscii.Operation>(
    "isascii(value:text) -> bool")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output) => output.Append(System.Text.Ascii.IsValid(row.Text(0)));
    }
}
