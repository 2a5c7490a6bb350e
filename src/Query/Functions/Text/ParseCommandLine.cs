using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>The arguments of a command line, by the rules of the Windows C runtime: quotes group, backslashes escape
/// quotes.</summary>
internal sealed class ParseCommandLine() : SignedFunction("parse_command_line(command:text, parser:string) -> dynamic")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        string parser = ConstantArgument.Text(Name, arguments, 1, "parser");
        return parser == "windows"
            ? new RowKernel<DynamicVectorBuilder, Operation>(default, ScalarType.Dynamic, types)
            : throw new FunctionException($"parse_command_line() knows the parser 'windows', got '{parser}'", 1);
    }

    private readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            ReadOnlySpan<byte> rest = row.Text(0).Trim(" \t"u8);
            Span<byte> room = row.Scratch.Bytes(rest.Length);
            DynamicWriter writer = row.Scratch.Writer;
            bool isEmpty = rest.IsEmpty;
            writer.BeginArray();
            while (!rest.IsEmpty)
            {
                int size = ReadArgument(ref rest, room);
                writer.WriteString(room[..size]);
                rest = rest.TrimStart(" \t"u8);
            }

            writer.EndArray();
            output.Append(isEmpty ? default : writer.Written);
        }

        private static int ReadArgument(ref ReadOnlySpan<byte> rest, Span<byte> room)
        {
            int size = 0;
            int position = 0;
            bool isQuoted = false;
            while (position < rest.Length && (isQuoted || rest[position] is not ((byte)' ' or (byte)'\t')))
            {
                int slashes = 0;
                while (position < rest.Length && rest[position] == '\\')
                {
                    slashes++;
                    position++;
                }

                bool isQuote = position < rest.Length && rest[position] == '"';
                room.Slice(size, isQuote ? slashes / 2 : slashes).Fill((byte)'\\');
                size += isQuote ? slashes / 2 : slashes;
                if (isQuote && slashes % 2 == 0)
                {
                    isQuoted = !isQuoted;
                    position++;
                }
                else if (isQuote || (slashes == 0 && position < rest.Length))
                {
                    room[size++] = rest[position++];
                }
            }

            rest = rest[position..];
            return size;
        }
    }
}
