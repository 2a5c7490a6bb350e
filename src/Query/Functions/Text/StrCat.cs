using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>All arguments as text, one after the other.</summary>
internal sealed class StrCat() : RowFunction<StringVectorBuilder, StrCat.Operation>("strcat(values:text+) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            int size = 0;
            for (int argument = 0; argument < row.Count; argument++)
            {
                size = checked(size + row.Text(argument).Length);
            }

            Span<byte> room = output.Reserve(size);
            for (int argument = 0; argument < row.Count; argument++)
            {
                ReadOnlySpan<byte> text = row.Text(argument);
                text.CopyTo(room);
                room = room[text.Length..];
            }

            output.Commit(size);
        }
    }
}
