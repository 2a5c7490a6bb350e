using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Core.Automata;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Matching;

/// <summary>
/// A regular expression in RE2's notation: whether a text matches says an automaton over its bytes, where in it .NET's
/// non-backtracking engine. Time grows with the text, never beyond.
/// </summary>
/// <remarks>Immutable and thread-safe. Texts that lack a literal the pattern demands are refused by that
/// alone.</remarks>
internal sealed class RegexPattern : ITextMatcher
{
    /// <summary>Longest pattern accepted; the automaton's size follows it.</summary>
    private const int MaxLength = 8192;

    private readonly byte[] _required;
    private readonly Lazy<Regex> _regex;

    private RegexPattern(Lazy<Regex> regex, TextAutomaton? automaton, byte[] required, IReadOnlyList<string?> groupNames)
    {
        _regex = regex;
        _required = required;
        Automaton = automaton;
        GroupNames = groupNames;
    }

    /// <summary>The engine's form; capture groups are numbered as they stand in the pattern.</summary>
    public Regex Regex => _regex.Value;

    /// <inheritdoc/>
    public TextAutomaton? Automaton { get; }

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
        string wrapped = wrap.Replace("{0}", translated, StringComparison.Ordinal);
        try
        {
            // The plain engine only says whether it is valid: making the other one takes milliseconds.
            _ = new Regex(wrapped, RegexOptions.CultureInvariant);
            TextAutomaton? automaton = wrapped == translated && RegexTreeReader.TryRead(translated) is { } tree
                ? TextAutomaton.TryCreate(tree, leavesBeyondBmp: true)
                : null;
            var regex = new Lazy<Regex>(() => MakeRegex(text, wrapped));
            if (automaton is null)
            {
                _ = regex.Value;
            }

            // Bytes that are no UTF-8 are read as U+FFFD: it cannot be looked for in bytes.
            string required = translator.RequiredLiteral.Contains('\uFFFD') ? "" : translator.RequiredLiteral;
            return new RegexPattern(regex, automaton, Encoding.UTF8.GetBytes(required), translator.GroupNames);
        }
        catch (RegexParseException error)
        {
            throw new FunctionException($"regular expression '{text}': {error.Message}");
        }
    }

    /// <summary>False where a text cannot match, told from its bytes alone.</summary>
    public bool MayMatch(ReadOnlySpan<byte> text) =>
        (_required.Length == 0 || text.IndexOf(_required) >= 0)
        && (Automaton is null || Automaton.Match(text) != TextAutomaton.Dead);

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> text) =>
        (_required.Length == 0 || text.IndexOf(_required) >= 0) && Decide(text);

    /// <inheritdoc/>
    public void Mark(Utf8Values texts, Span<bool> hits)
    {
        var unknown = new List<int>();
        if (Automaton?.TryMark(texts, hits, unknown) == true)
        {
            foreach (int row in unknown)
            {
                hits[row] |= MatchByRegex(texts[row]);
            }

            return;
        }

        if (_required.Length == 0)
        {
            for (int row = 0; row < hits.Length; row++)
            {
                hits[row] |= Decide(texts[row]);
            }

            return;
        }

        // One search over the bytes of all rows; a row it finds the literal in is decided, and left behind.
        ReadOnlySpan<byte> bytes = texts.Bytes;
        ReadOnlySpan<int> offsets = texts.Offsets;
        int from = offsets[0];
        for (int row = 0; bytes[from..].IndexOf(_required) is >= 0 and var index;)
        {
            index += from;
            while (offsets[row + 1] <= index)
            {
                row++;
            }

            bool isInside = index + _required.Length <= offsets[row + 1];
            hits[row] |= isInside && Decide(bytes[offsets[row]..offsets[row + 1]]);
            from = isInside ? offsets[row + 1] : index + 1;
        }
    }

    private static Regex MakeRegex(string pattern, string translated)
    {
        try
        {
            return new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException error)
        {
            throw new FunctionException($"regular expression '{pattern}': {error.Message}");
        }
    }

    private bool Decide(ReadOnlySpan<byte> text) =>
        (Automaton is null ? TextAutomaton.Unknown : Automaton.Match(text)) switch
        {
            TextAutomaton.Found => true,
            TextAutomaton.Dead => false,
            _ => MatchByRegex(text),
        };

    private bool MatchByRegex(ReadOnlySpan<byte> text)
    {
        char[] rented = ArrayPool<char>.Shared.Rent(text.Length);
        bool isMatch = Regex.IsMatch(rented.AsSpan(0, Encoding.UTF8.GetChars(text, rented)));
        ArrayPool<char>.Shared.Return(rented);
        return isMatch;
    }
}
