using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>The characters (code points) in reverse order.</summary>
internal sealed class Reverse() : RowFunction<StringVectorBuilder, Reverse.Operation>("reverse(value:text) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            ReadOnlySpan<byte> text = row.Text(0);
            Span<byte> room = output.Reserve(text.Length)[..text.Length];
            int size = text.Length;
            while (!text.IsEmpty)
            {
                Rune.DecodeFromUtf8(text, out _, out int consumed);
                text[..consumed].CopyTo(room[^consumed..]);
                room = room[..^consumed];
                text = text[consumed..];
            }

            output.Commit(size);
        }
    }
}
