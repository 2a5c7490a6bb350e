using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>Replaces every occurrence of a text.</summary>
internal sealed class ReplaceString() : RowFunction<StringVectorBuilder, ReplaceString.Operation>(
    "replace_string(source:string, lookup:string, replacement:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            ReadOnlySpan<byte> rest = row.Text(0);
            ReadOnlySpan<byte> lookup = row.Text(1);
            ReadOnlySpan<byte> replacement = row.Text(2);
            int count = lookup.IsEmpty ? 0 : rest.Count(lookup);
            int size = checked(rest.Length + (count * (replacement.Length - lookup.Length)));
            Span<byte> room = output.Reserve(size);
            for (; count > 0; count--)
            {
                int index = rest.IndexOf(lookup);
                rest[..index].CopyTo(room);
                replacement.CopyTo(room[index..]);
                room = room[(index + replacement.Length)..];
                rest = rest[(index + lookup.Length)..];
            }

            rest.CopyTo(room);
            output.Commit(size);
        }
    }
}
