using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Patterns;

/// <summary><c>parse kind=regex</c>: what stands between columns are regular expressions, columns are the shortest run
/// that fits. Linear time.</summary>
internal sealed class RegexPatternParser : PatternParser
{
    private readonly Regex _regex;
    private readonly ScalarType[] _types;

    private RegexPatternParser(Regex regex, ScalarType[] types)
    {
        _regex = regex;
        _types = types;
    }

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pieces">The pattern.</param>
    /// <param name="flags">Of <c>i</c> (ignore case), <c>m</c> (lines), <c>s</c> (dot is any character), <c>U</c>
    /// (short and long runs swapped).</param>
    /// <param name="span">For errors.</param>
    public static RegexPatternParser Compile(IReadOnlyList<ParsePieceSyntax> pieces, string flags, TextSpan span)
    {
        RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        bool isUngreedy = false;
        foreach (char flag in flags)
        {
            options |= flag switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'U' => RegexOptions.None,
                _ => throw new QueryException(
                    "argument",
                    $"unknown flag '{flag}' of parse",
                    span)
                { Expected = ["i", "m", "s", "U"] },
            };
            isUngreedy |= flag == 'U';
        }

        var pattern = new StringBuilder("^");
        int capture = 0;
        foreach (ParsePieceSyntax piece in pieces)
        {
            string part = piece.Literal
                ?? (piece.Type is null ? ".*" : $"(?<capture{capture++}>{Run(piece.Type.Value)})");
            pattern.Append(isUngreedy ? Ungreedy(part) : part);
        }

        pattern.Append("(?:\n)?$");
        try
        {
            ScalarType[] types = [.. pieces.Where(piece => piece.Type is not null).Select(piece => piece.Type!.Value)];
            return new RegexPatternParser(new Regex(pattern.ToString(), options), types);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new QueryException(
                "argument",
                $"the pattern is not a regular expression this engine runs: {error.Message}",
                span);
        }
    }

    public override Vector[] Parse(StringVector text, Bitmap matched)
    {
        var captures = new CaptureColumns(_types, text.Length);
        for (int row = 0; row < text.Length; row++)
        {
            string line = text.GetString(row);
            Match match = _regex.Match(line);
            matched[row] = match.Success;
            for (int capture = 0; match.Success && capture < _types.Length; capture++)
            {
                Group group = match.Groups["capture" + capture.ToString(
                    System.Globalization.CultureInfo.InvariantCulture)];
                int start = Encoding.UTF8.GetByteCount(line.AsSpan(0, group.Index));
                captures.Set(row, capture, start, Encoding.UTF8.GetByteCount(group.ValueSpan));
            }
        }

        return captures.Build(text, matched, isRelaxed: false);
    }

    private static string Run(ScalarType type) => type.IsInteger() ? "[+-]?[0-9]+" : ".*";

    // Turns every quantifier over: `*` to `*?`, `*?` to `*`.
    private static string Ungreedy(string pattern)
    {
        var turned = new StringBuilder(pattern.Length + 8);
        bool inClass = false;
        for (int index = 0; index < pattern.Length; index++)
        {
            char met = pattern[index];
            turned.Append(met);
            if (met == '\\' && index + 1 < pattern.Length)
            {
                turned.Append(pattern[++index]);
                continue;
            }

            inClass = inClass ? met != ']' : met == '[';
            bool isGroupMark = met == '?' && index > 0 && pattern[index - 1] == '(';
            bool isQuantifier = !inClass
                && !isGroupMark
                && (met is '*' or '+' or '?' || (met == '}' && pattern.LastIndexOf('{', index) >= 0));
            if (!isQuantifier)
            {
                continue;
            }

            if (index + 1 < pattern.Length && pattern[index + 1] == '?')
            {
                index++;
            }
            else
            {
                turned.Append('?');
            }
        }

        return turned.ToString();
    }
}
