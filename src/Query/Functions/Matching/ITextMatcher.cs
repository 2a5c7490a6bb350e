using Bongsu.Core.Automata;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Matching;

/// <summary>A condition on one text: a needle, or a regular expression. Immutable and thread-safe.</summary>
internal interface ITextMatcher
{
    /// <summary>The same condition as an automaton over UTF-8, where there is one.</summary>
    TextAutomaton? Automaton { get; }

    /// <summary>All states that <see cref="Automaton"/> can be in after a text of whole code points that does not match,
    /// beginning in its start state; null where they are not known.</summary>
    IReadOnlyList<int>? StatesWithoutMatch => null;

    /// <summary>Whether in a state of <see cref="Automaton"/> no part of a match has been read; a text that does not match
    /// leads from it, too, to <see cref="StatesWithoutMatch"/>.</summary>
    bool IsBeforeMatch(int state) => false;

    /// <summary>What every text contains that matches, in some case; empty where nothing is known.</summary>
    ReadOnlySpan<byte> Needle => default;

    /// <summary>Decides one text.</summary>
    bool Matches(ReadOnlySpan<byte> text);

    /// <summary>Sets the entry of each text that matches; others are left as they are.</summary>
    void Mark(Utf8Values texts, Span<bool> hits);
}
