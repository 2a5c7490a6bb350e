using System.Text.RegularExpressions;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Text;

/// <summary>Removes matches of a pattern from the ends of a text.</summary>
internal abstract class TrimFunction : SignedFunction
{
    private readonly bool _start;
    private readonly bool _end;

    protected TrimFunction(string name, bool start, bool end)
        : base($"{name}(pattern:string, source:string) -> string")
    {
        _start = start;
        _end = end;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<StringVectorBuilder, Operation>(
            new Operation(new RegexArgument(arguments[0], 0, "\\A(?:{0})"), new RegexArgument(arguments[0], 0, "(?:{0})\\z"), _start, _end),
            ScalarType.String,
            types);

    private struct Operation(RegexArgument leading, RegexArgument trailing, bool start, bool end) : IRowOperation<StringVectorBuilder>
    {
        private RegexArgument _leading = leading;
        private RegexArgument _trailing = trailing;

        public void Append(in Row row, StringVectorBuilder output)
        {
            ReadOnlySpan<byte> source = row.Text(1);
            RegexPattern pattern = _leading.For(row.Text(0));
            if (!pattern.MayMatch(source))
            {
                output.Append(source);
                return;
            }

            ReadOnlySpan<char> chars = row.Scratch.Chars(source);
            int from = start ? FirstLength(pattern, chars) : 0;
            ReadOnlySpan<char> rest = chars[from..];
            int to = end ? LastStart(_trailing.For(row.Text(0)), rest) : rest.Length;
            output.Append(rest[..to].ToString());
        }

        private static int FirstLength(RegexPattern pattern, ReadOnlySpan<char> chars)
        {
            foreach (ValueMatch match in pattern.Regex.EnumerateMatches(chars))
            {
                return match.Length;
            }

            return 0;
        }

        private static int LastStart(RegexPattern pattern, ReadOnlySpan<char> chars)
        {
            foreach (ValueMatch match in pattern.Regex.EnumerateMatches(chars))
            {
                return match.Index;
            }

            return chars.Length;
        }
    }
}
