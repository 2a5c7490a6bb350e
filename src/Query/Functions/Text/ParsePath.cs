using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>A file path's parts as a bag; backslashes and slashes both separate.</summary>
internal sealed class ParsePath() : RowFunction<DynamicVectorBuilder, ParsePath.Operation>(
    "parse_path(path:string) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            string path = Encoding.UTF8.GetString(row.Text(0));
            string scheme = "";
            int schemeEnd = path.IndexOf("://", StringComparison.Ordinal);
            if (schemeEnd > 0)
            {
                scheme = path[..schemeEnd];
                path = path[(schemeEnd + 3)..];
            }

            string stream = "";
            int nameStart = path.LastIndexOfAny(['/', '\\']) + 1;
            int colon = path.IndexOf(':', nameStart);
            if (colon > nameStart + 1 || (colon > 0 && nameStart > 0))
            {
                stream = path[(colon + 1)..];
                path = path[..colon];
            }

            string root = path.Length >= 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' ? path[..2] : "";
            string fileName = path[nameStart..];
            string directory = nameStart > 0 ? path[..(nameStart - 1)] : "";
            int dot = fileName.LastIndexOf('.');
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginBag();
            Write(writer, "Scheme"u8, scheme);
            Write(writer, "RootPath"u8, root);
            Write(writer, "DirectoryPath"u8, directory);
            Write(writer, "DirectoryName"u8, directory[(directory.LastIndexOfAny(['/', '\\']) + 1)..]);
            Write(writer, "Filename"u8, fileName);
            Write(writer, "Extension"u8, dot < 0 ? "" : fileName[(dot + 1)..]);
            Write(writer, "AlternateDataStreamName"u8, stream);
            writer.EndBag();
            output.Append(writer.Written);
        }

        private static void Write(DynamicWriter writer, ReadOnlySpan<byte> key, string value)
        {
            writer.WriteKey(key);
            writer.WriteString(value);
        }
    }
}
