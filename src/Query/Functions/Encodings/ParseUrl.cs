using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>A URL's parts as a bag: scheme, host, port, path, user name, password, query parameters, fragment (RFC
/// 3986).</summary>
internal sealed class ParseUrl() : RowFunction<DynamicVectorBuilder, ParseUrl.Operation>(
    "parse_url(url:string) -> dynamic", "parseurl")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            string rest = Encoding.UTF8.GetString(row.Text(0));
            string fragment = Cut(ref rest, '#');
            string query = Cut(ref rest, '?');
            string scheme = "";
            string authority = "";
            int schemeEnd = rest.IndexOf("://", StringComparison.Ordinal);
            if (schemeEnd > 0)
            {
                scheme = rest[..schemeEnd];
                rest = rest[(schemeEnd + 3)..];
                int pathStart = rest.IndexOf('/', StringComparison.Ordinal);
                authority = pathStart < 0 ? rest : rest[..pathStart];
                rest = pathStart < 0 ? "" : rest[pathStart..];
            }

            int at = authority.LastIndexOf('@');
            string user = at < 0 ? "" : authority[..at];
            string host = authority[(at + 1)..];
            string password = Cut(ref user, ':');
            int colon = host.LastIndexOf(':');
            bool hasPort = colon > host.LastIndexOf(']');
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginBag();
            Write(writer, "Scheme"u8, scheme);
            Write(writer, "Host"u8, hasPort ? host[..colon] : host);
            Write(writer, "Port"u8, hasPort ? host[(colon + 1)..] : "");
            Write(writer, "Path"u8, rest);
            Write(writer, "Username"u8, user);
            Write(writer, "Password"u8, password);
            writer.WriteKey("Query Parameters"u8);
            ParseUrlQuery.WriteParameters(query, writer);
            Write(writer, "Fragment"u8, fragment);
            writer.EndBag();
            output.Append(writer.Written);
        }

        // Takes off what follows a separator.
        private static string Cut(ref string text, char separator)
        {
            int index = text.IndexOf(separator, StringComparison.Ordinal);
            string tail = index < 0 ? "" : text[(index + 1)..];
            text = index < 0 ? text : text[..index];
            return tail;
        }

        private static void Write(DynamicWriter writer, ReadOnlySpan<byte> key, string value)
        {
            writer.WriteKey(key);
            writer.WriteString(value);
        }
    }
}
