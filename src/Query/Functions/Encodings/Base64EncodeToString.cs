using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>The bytes of a text as base64.</summary>
internal sealed class Base64EncodeToString() : RowFunction<StringVectorBuilder, Base64EncodeToString.Operation>(
    "base64_encode_tostring(text:string) -> string", "base64_encodestring")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) => Base64Text.Append(row.Text(0), output);
    }
}
