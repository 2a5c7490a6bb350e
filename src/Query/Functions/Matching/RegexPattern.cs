using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Matching;

/// <summary>
/// A regular expression in RE2's notation, run by .NET's non-backtracking engine: time grows with the text, never
/// beyond.
/// </summary>
/// <remarks>Immutable and thread-safe. Texts that lack a literal the pattern demands are refused before they are
/// decoded.</remarks>
internal sealed class RegexPattern
{
    /// <summary>Longest pattern accepted; the automaton's size follows it.</summary>
    private const int MaxLength = 8192;

    private readonly byte[] _required;

    private RegexPattern(Regex regex, byte[] required, IReadOnlyList<string?> groupNames)
    {
        Regex = regex;
        _required = required;
        GroupNames = groupNames;
    }

    /// <summary>The engine's form; capture groups are numbered as they stand in the pattern.</summary>
    public Regex Regex { get; }

    /// <summary>Names of the capture groups from 1 on; null where a group has none.</summary>
    public IReadOnlyList<string?> GroupNames { get; }

    /// <summary>Number of capture groups, not counting the whole match.</summary>
    public int GroupCount => GroupNames.Count;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">RE2 notation.</param>
    /// <param name="wrap">Put around the translated pattern, <c>{0}</c> being its place.</param>
    /// <exception cref="FunctionException">It is no pattern, or asks for look-around or back-references.</exception>
    public static RegexPattern Compile(ReadOnlySpan<byte> pattern, string wrap = "{0}")
    {
        string text = Encoding.UTF8.GetString(pattern);
        if (text.Length > MaxLength)
        {
            throw new FunctionException($"a regular expression of {text.Length} characters; at most {MaxLength} are allowed");
        }

        var translator = new RegexTranslator(text);
        string translated = translator.Translate();
        try
        {
            var regex = new Regex(
                wrap.Replace("{0}", translated, StringComparison.Ordinal),
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return new RegexPattern(regex, Encoding.UTF8.GetBytes(translator.RequiredLiteral), translator.GroupNames);
        }
        catch (RegexParseException error)
        {
            throw new FunctionException($"regular expression '{text}': {error.Message}");
        }
        catch (NotSupportedException error)
        {
            throw new FunctionException($"regular expression '{text}': {error.Message}");
        }
    }

    /// <summary>False where a text cannot match, told from its bytes alone.</summary>
    public bool MayMatch(ReadOnlySpan<byte> text) => _required.Length == 0 || text.IndexOf(_required) >= 0;

    /// <summary>Whether a text has a match.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text, RowScratch scratch) => MayMatch(text) && Regex.IsMatch(scratch.Chars(text));
}
