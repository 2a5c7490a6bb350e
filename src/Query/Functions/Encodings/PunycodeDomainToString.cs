using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>A domain name with its <c>xn--</c> labels decoded; empty where one cannot be.</summary>
internal sealed class PunycodeDomainToString() : RowFunction<StringVectorBuilder, PunycodeDomainToString.Operation>(
    "punycode_domain_to_string(domain:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            string?[] labels = Encoding.UTF8.GetString(row.Text(0)).Split('.')
                .Select(label => label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) ? Punycode.Decode(label[4..]) : label)
                .ToArray();
            output.Append(Array.IndexOf(labels, null) < 0 ? string.Join('.', labels) : "");
        }
    }
}
