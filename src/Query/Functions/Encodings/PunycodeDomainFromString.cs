using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>A domain name with its labels in punycode, marked <c>xn--</c>; ASCII labels as they are.</summary>
internal sealed class PunycodeDomainFromString() : RowFunction<StringVectorBuilder, PunycodeDomainFromString.Operation>(
    "punycode_domain_from_string(domain:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            // RFC 3490, section 3.1: these full stops separate labels too.
            string[] labels = Encoding.UTF8.GetString(row.Text(0)).Split('.', '\u3002', '\uFF0E', '\uFF61');
            output.Append(string.Join('.', labels.Select(label => System.Text.Ascii.IsValid(label) ? label : "xn--" + Punycode.Encode(label))));
        }
    }
}
