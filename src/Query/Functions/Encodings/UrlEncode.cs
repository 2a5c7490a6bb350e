using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Encodes for a form: a blank becomes a plus sign.</summary>
internal sealed class UrlEncode() : RowFunction<StringVectorBuilder, UrlEncode.Operation>(
    "url_encode(url:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) =>
            UrlEncoding.Append(row.Text(0), "-_.!*()"u8, plusForBlank: true, output);
    }
}
