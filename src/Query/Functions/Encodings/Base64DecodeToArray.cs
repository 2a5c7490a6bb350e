using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Base64 to an array of bytes; null where it is no base64.</summary>
internal sealed class Base64DecodeToArray() : RowFunction<DynamicVectorBuilder, Base64DecodeToArray.Operation>(
    "base64_decode_toarray(base64:string) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            if (!Base64Text.TryDecode(row.Text(0), row.Scratch, out ReadOnlySpan<byte> bytes))
            {
                output.AppendNull();
                return;
            }

            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            foreach (byte unit in bytes)
            {
                writer.WriteLong(unit);
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
