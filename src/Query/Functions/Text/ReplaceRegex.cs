using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Text;

/// <summary>Replaces every match; <c>\1</c> in the replacement is a capture group, <c>\0</c> the match.</summary>
internal sealed class ReplaceRegex() : SignedFunction(
    "replace_regex(source:string, pattern:string, replacement:string) -> string")
{
    /// <summary>Writes the source with all matches replaced.</summary>
    public static void Replace(
        RegexPattern pattern,
        ReadOnlySpan<byte> source,
        ReadOnlySpan<byte> replacement,
        RowScratch scratch,
        StringVectorBuilder output)
    {
        if (!pattern.MayMatch(source) || !pattern.Regex.IsMatch(scratch.Chars(source)))
        {
            output.Append(source);
            return;
        }

        string rewrite = Encoding.UTF8.GetString(replacement);
        output.Append(rewrite.Contains('\\', StringComparison.Ordinal)
            ? pattern.Regex.Replace(Encoding.UTF8.GetString(source), match => Expand(rewrite, match))
            : pattern.Regex.Replace(Encoding.UTF8.GetString(source), _ => rewrite));
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<StringVectorBuilder, Operation>(new Operation(new RegexArgument(arguments[1], 1)), ScalarType.String, types);

    private static string Expand(string rewrite, Match match)
    {
        var text = new StringBuilder();
        for (int index = 0; index < rewrite.Length; index++)
        {
            bool isEscape = rewrite[index] == '\\' && index + 1 < rewrite.Length;
            if (isEscape && char.IsAsciiDigit(rewrite[index + 1]))
            {
                text.Append(match.Groups[rewrite[++index] - '0'].Value);
            }
            else
            {
                index += isEscape && rewrite[index + 1] == '\\' ? 1 : 0;
                text.Append(rewrite[index]);
            }
        }

        return text.ToString();
    }

    private struct Operation(RegexArgument pattern) : IRowOperation<StringVectorBuilder>
    {
        private RegexArgument _pattern = pattern;

        public void Append(in Row row, StringVectorBuilder output) =>
            Replace(_pattern.For(row.Text(1)), row.Text(0), row.Text(2), row.Scratch, output);
    }
}
