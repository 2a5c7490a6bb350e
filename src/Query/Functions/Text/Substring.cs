using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>A piece by characters, from 0; a negative start counts from the end.</summary>
internal sealed class Substring() : RowFunction<StringVectorBuilder, Substring.Operation>(
    "substring(source:text, start:long, length:long?) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            ReadOnlySpan<byte> source = row.Text(0);
            long start = row.Long(1);
            if (start < 0)
            {
                start = Math.Max(0, CodePoints.Count(source) + start);
            }

            source = source[CodePoints.Offset(source, start)..];
            output.Append(row.Count > 2 ? source[..CodePoints.Offset(source, Math.Max(0, row.Long(2)))] : source);
        }
    }
}
