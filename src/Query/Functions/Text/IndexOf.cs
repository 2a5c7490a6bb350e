using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>Place of a text in another, in characters from 0; -1 where it is not. A negative start counts from the
/// end.</summary>
internal sealed class IndexOf() : RowFunction<FixedVectorBuilder<long>, IndexOf.Operation>(
    "indexof(source:text, lookup:text, start:long?, length:long?, occurrence:long?) -> long")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            ReadOnlySpan<byte> source = row.Text(0);
            ReadOnlySpan<byte> lookup = row.Text(1);
            long start = row.Count > 2 ? row.Long(2) : 0;
            long length = row.Count > 3 ? row.Long(3) : -1;
            long occurrence = row.Count > 4 ? row.Long(4) : 1;
            if (length < -1 || occurrence < 1)
            {
                output.AppendNull();
                return;
            }

            start = start < 0 ? Math.Max(0, CodePoints.Count(source) + start) : start;
            int from = CodePoints.Offset(source, start);
            int index = Find(source[from..], lookup, length);
            while (index >= 0 && --occurrence > 0)
            {
                // The length counts anew from each place the search goes on at.
                from += index + CodePoints.Offset(source[(from + index)..], 1);
                index = Find(source[from..], lookup, length);
            }

            output.Append(index < 0 ? -1 : CodePoints.Count(source[..(from + index)]));
        }

        private static int Find(ReadOnlySpan<byte> searched, ReadOnlySpan<byte> lookup, long length) =>
            (length < 0 ? searched : searched[..CodePoints.Offset(searched, length)]).IndexOf(lookup);
    }
}
