using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Punycode back to text; empty where it is none.</summary>
internal sealed class PunycodeToString() : RowFunction<StringVectorBuilder, PunycodeToString.Operation>(
    "punycode_to_string(text:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) => output.Append(Punycode.Decode(Encoding.UTF8.GetString(row.Text(0))) ?? "");
    }
}
