using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>All arguments after the first as text, with the first between them.</summary>
internal sealed class StrCatDelim() : RowFunction<StringVectorBuilder, StrCatDelim.Operation>(
    "strcat_delim(delimiter:text, values:text+) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            ReadOnlySpan<byte> delimiter = row.Text(0);
            int size = delimiter.Length * (row.Count - 2);
            for (int argument = 1; argument < row.Count; argument++)
            {
                size = checked(size + row.Text(argument).Length);
            }

            Span<byte> room = output.Reserve(size);
            for (int argument = 1; argument < row.Count; argument++)
            {
                ReadOnlySpan<byte> text = row.Text(argument);
                text.CopyTo(room);
                room = room[text.Length..];
                if (argument < row.Count - 1)
                {
                    delimiter.CopyTo(room);
                    room = room[delimiter.Length..];
                }
            }

            output.Commit(size);
        }
    }
}
