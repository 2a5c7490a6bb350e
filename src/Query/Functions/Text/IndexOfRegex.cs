using System.Text.RegularExpressions;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Text;

/// <summary>Place of a match, in characters; -1 where there is none, null for arguments out of range.</summary>
internal sealed class IndexOfRegex() : SignedFunction(
    "indexof_regex(source:text, pattern:text, start:long?, length:long?, occurrence:long?) -> long")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<long>, Operation>(new Operation(new RegexArgument(arguments[1], 1)), ScalarType.Long, types);

    private struct Operation(RegexArgument pattern) : IRowOperation<FixedVectorBuilder<long>>
    {
        private RegexArgument _pattern = pattern;

        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            long start = row.Count > 2 ? row.Long(2) : 0;
            long length = row.Count > 3 ? row.Long(3) : -1;
            long occurrence = row.Count > 4 ? row.Long(4) : 1;
            if (start < 0 || length < -1 || occurrence < 1)
            {
                output.AppendNull();
                return;
            }

            RegexPattern pattern = _pattern.For(row.Text(1));
            ReadOnlySpan<char> chars = row.Scratch.Chars(row.Text(0));
            ReadOnlySpan<char> searched = CodePoints.Slice(chars, start, length < 0 ? long.MaxValue : length, out int offset);
            foreach (ValueMatch match in pattern.Regex.EnumerateMatches(searched))
            {
                if (--occurrence == 0)
                {
                    output.Append(CodePoints.Count(chars[..(offset + match.Index)]));
                    return;
                }
            }

            output.Append(-1);
        }
    }
}
