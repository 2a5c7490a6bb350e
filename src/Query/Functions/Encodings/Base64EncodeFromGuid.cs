using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>The 16 bytes of a guid as base64.</summary>
internal sealed class Base64EncodeFromGuid() : RowFunction<StringVectorBuilder, Base64EncodeFromGuid.Operation>(
    "base64_encode_fromguid(guid:guid) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) => Base64Text.Append(row.Guid(0).ToByteArray(), output);
    }
}
