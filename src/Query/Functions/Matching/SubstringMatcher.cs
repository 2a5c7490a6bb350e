using Bongsu.Core.Automata;
using Bongsu.Core.Kernels;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Looks for one needle under a <see cref="SubstringRule"/>. Immutable.</summary>
internal sealed class SubstringMatcher : ITextMatcher
{
    private readonly byte[] _needle;
    private readonly SubstringRule _rule;
    private readonly bool _isFolding;
    private readonly bool _isByteWise;
    private readonly Lazy<TextAutomaton?> _automaton;
    private readonly Lazy<int[]?> _statesWithoutMatch;

    public SubstringMatcher(ReadOnlySpan<byte> needle, SubstringRule rule)
    {
        _rule = rule;
        _isFolding = rule.HasFlag(SubstringRule.IgnoreCase);
        _isByteWise = !_isFolding || Utf8CaseFold.IsByteFoldable(needle);
        _needle = _isFolding ? Utf8CaseFold.Fold(needle) : needle.ToArray();
        _automaton = new Lazy<TextAutomaton?>(() =>
            SubstringPattern.TryMake(_needle, rule, _isByteWise) is { } pattern ? TextAutomaton.TryCreate(pattern) : null);
        _statesWithoutMatch = new Lazy<int[]?>(FindStatesWithoutMatch);
    }

    public TextAutomaton? Automaton => _automaton.Value;

    public IReadOnlyList<int>? StatesWithoutMatch => _statesWithoutMatch.Value;

    public ReadOnlySpan<byte> Needle => _needle;

    public bool IsBeforeMatch(int state) => Automaton is { } automaton && (state == automaton.Start || state == StateAfterLetter(automaton));

    /// <summary>Decides one text. The empty needle is in every text, and equal to the empty one only.</summary>
    public bool Matches(ReadOnlySpan<byte> text)
    {
        if (_needle.Length == 0 && (_rule & SubstringRule.WholeText) != SubstringRule.WholeText)
        {
            return true;
        }

        if ((_rule & SubstringRule.WholeText) != 0)
        {
            return MatchesEdges(text);
        }

        for (int from = 0; from <= text.Length;)
        {
            int index = IndexOf(text[from..], out int length);
            if (index < 0)
            {
                return false;
            }

            if (HoldsAt(text, from + index, length))
            {
                return true;
            }

            from += index + 1;
        }

        return false;
    }

    public void Mark(Utf8Values texts, Span<bool> hits)
    {
        if (_isByteWise && _needle.Length > 0 && (_rule & SubstringRule.WholeText) == 0)
        {
            MarkBlock(texts, hits);
            return;
        }

        for (int row = 0; row < hits.Length; row++)
        {
            hits[row] |= Matches(texts[row]);
        }
    }

    // One search over the bytes of all rows; a hit is brought to its row, and the rest of that row is skipped.
    private void MarkBlock(Utf8Values values, Span<bool> hits)
    {
        ReadOnlySpan<byte> bytes = values.Bytes;
        ReadOnlySpan<int> offsets = values.Offsets;
        int from = offsets[0];
        for (int row = 0; ;)
        {
            int index = IndexOf(bytes[from..], out int length);
            if (index < 0)
            {
                return;
            }

            index += from;
            while (offsets[row + 1] <= index)
            {
                row++;
            }

            from = index + 1;
            int rowStart = offsets[row];
            int rowEnd = offsets[row + 1];
            if (index + length <= rowEnd && HoldsAt(bytes[rowStart..rowEnd], index - rowStart, length))
            {
                hits[row] = true;
                from = rowEnd;
            }
        }
    }

    // A text ends in some beginning of the needle, or else in a letter or not.
    private int[]? FindStatesWithoutMatch()
    {
        if (!_isByteWise || _needle.Length == 0 || (_rule & SubstringRule.WholeText) != 0 || Automaton is not { } automaton)
        {
            return null;
        }

        var states = new HashSet<int> { automaton.Start, StateAfterLetter(automaton) };
        for (int length = 1; length < _needle.Length; length++)
        {
            bool isInsideCodePoint = (_needle[length] & 0xC0) == 0x80;
            int state = automaton.Run(automaton.Start, _needle.AsSpan(0, length));
            if (!isInsideCodePoint && !TextAutomaton.IsFinal(state))
            {
                states.Add(state);
            }
        }

        return [.. states];
    }

    // A letter that does not begin the needle.
    private int StateAfterLetter(TextAutomaton automaton) =>
        automaton.Run(automaton.Start, AsciiIgnoreCaseSearch.ToLower(_needle[0]) == 'z' ? "y"u8 : "z"u8);

    private bool HoldsAt(ReadOnlySpan<byte> text, int index, int length) =>
        (!_rule.HasFlag(SubstringRule.TermStart) || Terms.IsStart(text, index))
        && (!_rule.HasFlag(SubstringRule.TermEnd) || Terms.IsEnd(text, index + length));

    private bool MatchesEdges(ReadOnlySpan<byte> text)
    {
        bool isStart = _rule.HasFlag(SubstringRule.TextStart);
        if (_rule.HasFlag(SubstringRule.WholeText))
        {
            return _isFolding ? Utf8CaseFold.AreEqual(text, _needle) : text.SequenceEqual(_needle);
        }

        if (!_isFolding)
        {
            return isStart ? text.StartsWith(_needle) : text.EndsWith(_needle);
        }

        if (!_isByteWise)
        {
            return isStart ? Utf8CaseFold.MatchPrefix(text, _needle) >= 0 : Utf8CaseFold.EndsWith(text, _needle);
        }

        return text.Length >= _needle.Length
            && AsciiIgnoreCaseSearch.StartsWith(isStart ? text : text[^_needle.Length..], _needle);
    }

    private int IndexOf(ReadOnlySpan<byte> text, out int length)
    {
        length = _needle.Length;
        if (_isByteWise)
        {
            return _isFolding ? AsciiIgnoreCaseSearch.IndexOf(text, _needle) : text.IndexOf(_needle);
        }

        // Letters with case outside ASCII: a folded form may be of another length, so code points are compared.
        for (int index = 0; index < text.Length; index++)
        {
            if ((text[index] & 0xC0) != 0x80 && Utf8CaseFold.MatchPrefix(text[index..], _needle) is >= 0 and var matched)
            {
                length = matched;
                return index;
            }
        }

        return -1;
    }
}
