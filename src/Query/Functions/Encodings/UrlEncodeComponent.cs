using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Encodes for a part of a URL: a blank becomes <c>%20</c>.</summary>
internal sealed class UrlEncodeComponent() : RowFunction<StringVectorBuilder, UrlEncodeComponent.Operation>(
    "url_encode_component(url:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) =>
            UrlEncoding.Append(row.Text(0), "-_.!*()"u8, plusForBlank: false, output);
    }
}
