using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>The code points of a text as an array.</summary>
internal sealed class CodePointsFromString() : RowFunction<DynamicVectorBuilder, CodePointsFromString.Operation>(
    "unicode_codepoints_from_string(value:text) -> dynamic", "to_utf8")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            ReadOnlySpan<byte> text = row.Text(0);
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            while (!text.IsEmpty)
            {
                Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
                writer.WriteLong(rune.Value);
                text = text[consumed..];
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
