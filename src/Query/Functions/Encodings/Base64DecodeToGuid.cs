using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Base64 of 16 bytes to a guid; null for anything else.</summary>
internal sealed class Base64DecodeToGuid() : RowFunction<FixedVectorBuilder<Guid>, Base64DecodeToGuid.Operation>(
    "base64_decode_toguid(base64:string) -> guid")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<Guid>>
    {
        public void Append(in Row row, FixedVectorBuilder<Guid> output)
        {
            if (Base64Text.TryDecode(row.Text(0), row.Scratch, out ReadOnlySpan<byte> bytes) && bytes.Length == 16)
            {
                output.Append(new Guid(bytes));
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
