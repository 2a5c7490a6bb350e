using System.Text.RegularExpressions;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Text;

/// <summary>A capture group of the first match (0: the whole match), cast to a type; empty or null where there is no
/// match.</summary>
internal sealed class Extract() : SignedFunction(
    "extract(pattern:string, group:long, source:string, type:string?) -> any")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        var pattern = new RegexArgument(arguments[0], 0);
        ScalarKernel text = new RowKernel<StringVectorBuilder, Operation>(new Operation(pattern), ScalarType.String, types[..3]);
        text = pattern.Constant is { } constant ? new CandidateKernel(text, 2, constant) : text;
        return types.Length == 3 ? text : new ThenCastKernel(text, TypeArgument.Read(Name, arguments, 3), types);
    }

    private struct Operation(RegexArgument pattern) : IRowOperation<StringVectorBuilder>
    {
        private RegexArgument _pattern = pattern;

        public void Append(in Row row, StringVectorBuilder output)
        {
            RegexPattern pattern = _pattern.For(row.Text(0));
            long group = row.Long(1);
            ReadOnlySpan<byte> source = row.Text(2);
            if (group < 0 || group > pattern.GroupCount || !pattern.MayMatch(source))
            {
                output.AppendNull();
                return;
            }

            ReadOnlySpan<char> chars = row.Scratch.Chars(source);
            if (group == 0)
            {
                foreach (ValueMatch whole in pattern.Regex.EnumerateMatches(chars))
                {
                    output.Append(chars.Slice(whole.Index, whole.Length).ToString());
                    return;
                }
            }
            else if (pattern.Regex.IsMatch(chars))
            {
                output.Append(pattern.Regex.Match(chars.ToString()).Groups[(int)group].Value);
                return;
            }

            output.AppendNull();
        }
    }
}
