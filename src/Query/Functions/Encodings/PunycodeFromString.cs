using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>A text in punycode; ASCII as it is.</summary>
internal sealed class PunycodeFromString() : RowFunction<StringVectorBuilder, PunycodeFromString.Operation>(
    "punycode_from_string(text:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) => output.Append(Punycode.Encode(Encoding.UTF8.GetString(row.Text(0))));
    }
}
