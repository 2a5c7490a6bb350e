using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>The fields of one comma-separated record (RFC 4180) as an array of strings; what follows the record is left
/// out.</summary>
internal sealed class ParseCsv() : RowFunction<DynamicVectorBuilder, ParseCsv.Operation>(
    "parse_csv(text:string) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            ReadOnlySpan<byte> rest = row.Text(0);
            Span<byte> field = row.Scratch.Bytes(rest.Length);
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            bool isMore = true;
            while (isMore)
            {
                int size = ReadField(ref rest, field);
                writer.WriteString(field[..size]);
                isMore = !rest.IsEmpty && rest[0] == ',';
                rest = isMore ? rest[1..] : rest;
            }

            writer.EndArray();
            output.Append(writer.Written);
        }

        private static int ReadField(ref ReadOnlySpan<byte> rest, Span<byte> field)
        {
            if (rest.IsEmpty || rest[0] != '"')
            {
                int end = rest.IndexOfAny((byte)',', (byte)'\n', (byte)'\r');
                ReadOnlySpan<byte> plain = end < 0 ? rest : rest[..end];
                plain.CopyTo(field);
                rest = rest[plain.Length..];
                return plain.Length;
            }

            int size = 0;
            int position = 1;
            while (position < rest.Length)
            {
                bool isQuote = rest[position] == '"';
                if (isQuote && (position + 1 == rest.Length || rest[position + 1] != '"'))
                {
                    position++;
                    break;
                }

                field[size++] = rest[position];
                position += isQuote ? 2 : 1;
            }

            rest = rest[position..];
            return size;
        }
    }
}
