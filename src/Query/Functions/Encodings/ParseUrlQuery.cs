using System.Net;
using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>The parameters of a query string as a bag inside a bag, <c>Query Parameters</c>.</summary>
internal sealed class ParseUrlQuery() : RowFunction<DynamicVectorBuilder, ParseUrlQuery.Operation>(
    "parse_urlquery(query:string) -> dynamic", "parseurlquery")
{
    /// <summary>Writes a bag of the parameters, decoded; of repeated names the first counts.</summary>
    public static void WriteParameters(string query, DynamicWriter writer)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        writer.BeginBag();
        foreach (string pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]);
            if (seen.Add(name))
            {
                writer.WriteKey(Encoding.UTF8.GetBytes(name));
                writer.WriteString(equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]));
            }
        }

        writer.EndBag();
    }

    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginBag();
            writer.WriteKey("Query Parameters"u8);
            WriteParameters(Encoding.UTF8.GetString(row.Text(0)), writer);
            writer.EndBag();
            output.Append(writer.Written);
        }
    }
}
