using System.Text.Unicode;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Base64 back to text; empty where it is no base64 or no UTF-8.</summary>
internal sealed class Base64DecodeToString() : RowFunction<StringVectorBuilder, Base64DecodeToString.Operation>(
    "base64_decode_tostring(base64:string) -> string", "base64_decodestring")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            bool isText = Base64Text.TryDecode(row.Text(0), row.Scratch, out ReadOnlySpan<byte> bytes) && Utf8.IsValid(bytes);
            output.Append(isText ? bytes : default);
        }
    }
}
