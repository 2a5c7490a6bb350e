using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Text;

/// <summary>How often a text occurs: <c>normal</c> occurrences may overlap, matches of a <c>regex</c> may
/// not.</summary>
internal sealed class CountOf() : SignedFunction("countof(source:string, search:string, kind:string?) -> long")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        string kind = arguments.Count > 2 ? ConstantArgument.Text(Name, arguments, 2, "kind") : "normal";
        return kind switch
        {
            "normal" => new RowKernel<FixedVectorBuilder<long>, OfText>(default, ScalarType.Long, types),
            "regex" => new RowKernel<FixedVectorBuilder<long>, OfRegex>(new OfRegex(new RegexArgument(arguments[1], 1)), ScalarType.Long, types),
            _ => throw new FunctionException($"countof() kind is 'normal' or 'regex', got '{kind}'", 2),
        };
    }

    private readonly struct OfText : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            ReadOnlySpan<byte> text = row.Text(0);
            ReadOnlySpan<byte> search = row.Text(1);
            long count = 0;
            for (int index; !search.IsEmpty && (index = text.IndexOf(search)) >= 0; count++)
            {
                text = text[(index + 1)..];
            }

            output.Append(count);
        }
    }

    private struct OfRegex(RegexArgument pattern) : IRowOperation<FixedVectorBuilder<long>>
    {
        private RegexArgument _pattern = pattern;

        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            RegexPattern pattern = _pattern.For(row.Text(1));
            output.Append(pattern.MayMatch(row.Text(0)) ? pattern.Regex.Count(row.Scratch.Chars(row.Text(0))) : 0);
        }
    }
}
