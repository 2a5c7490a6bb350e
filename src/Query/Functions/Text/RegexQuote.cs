using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>Escapes what has a meaning in regular expressions.</summary>
internal sealed class RegexQuote() : RowFunction<StringVectorBuilder, RegexQuote.Operation>(
    "regex_quote(source:text) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            ReadOnlySpan<byte> source = row.Text(0);
            Span<byte> room = output.Reserve(2 * source.Length);
            int written = 0;
            foreach (byte unit in source)
            {
                if (@"\.+*?()|[]{}^$"u8.Contains(unit))
                {
                    room[written++] = (byte)'\\';
                }

                room[written++] = unit;
            }

            output.Commit(written);
        }
    }
}
