using System.Net;
using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Percent-encoding and plus signs undone; invalid UTF-8 becomes U+FFFD.</summary>
internal sealed class UrlDecode() : RowFunction<StringVectorBuilder, UrlDecode.Operation>(
    "url_decode(encoded_url:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) =>
            output.Append(WebUtility.UrlDecode(Encoding.UTF8.GetString(row.Text(0))));
    }
}
