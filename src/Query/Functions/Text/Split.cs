using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>The pieces between delimiters as an array; with an index, an array of that piece (null where there is
/// none).</summary>
internal sealed class Split() : RowFunction<DynamicVectorBuilder, Split.Operation>(
    "split(source:text, delimiter:text, index:long?) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            ReadOnlySpan<byte> rest = row.Text(0);
            ReadOnlySpan<byte> delimiter = row.Text(1);
            long wanted = row.Count > 2 ? row.Long(2) : -1;
            bool isFound = row.Count == 2;
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (long piece = 0; ; piece++)
            {
                int end = delimiter.IsEmpty ? -1 : rest.IndexOf(delimiter);
                if (row.Count == 2 || piece == wanted)
                {
                    isFound = true;
                    writer.WriteString(end < 0 ? rest : rest[..end]);
                }

                if (end < 0)
                {
                    break;
                }

                rest = rest[(end + delimiter.Length)..];
            }

            writer.EndArray();
            output.Append(isFound ? writer.Written : default);
        }
    }
}
