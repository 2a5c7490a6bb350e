using System.Buffers;
using System.Text;
using Bongsu.Core.Automata;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Needles as patterns for an automaton.</summary>
internal static class SubstringPattern
{
    private static readonly Lazy<ILookup<Rune, int>> s_byFold = new(GroupByFold);

    /// <summary>The pattern of a needle, or null where it is not UTF-8.</summary>
    /// <param name="needle">Folded where case is ignored.</param>
    /// <param name="rule">What is asked of an occurrence.</param>
    /// <param name="isByteWise">Only ASCII letters have other cases.</param>
    public static PatternNode? TryMake(ReadOnlySpan<byte> needle, SubstringRule rule, bool isByteWise)
    {
        if (needle.IsEmpty && !rule.HasFlag(SubstringRule.WholeText))
        {
            return PatternNode.Nothing;
        }

        var parts = new List<PatternNode>();
        if (rule.HasFlag(SubstringRule.TextStart))
        {
            parts.Add(PatternNode.Assert(PatternAssertion.StartOrAfter, CodePointSet.Empty));
        }

        if (rule.HasFlag(SubstringRule.TermStart))
        {
            parts.Add(PatternNode.Assert(PatternAssertion.NotAfter, CodePointSet.LettersAndDigits));
        }

        while (!needle.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(needle, out Rune rune, out int sizeBytes) != OperationStatus.Done)
            {
                return null;
            }

            parts.Add(PatternNode.One(
                rule.HasFlag(SubstringRule.IgnoreCase) ? EqualTo(rune, isByteWise) : CodePointSet.Of(rune.Value)));
            needle = needle[sizeBytes..];
        }

        if (rule.HasFlag(SubstringRule.TermEnd))
        {
            parts.Add(PatternNode.Assert(PatternAssertion.NotBefore, CodePointSet.LettersAndDigits));
        }

        if (rule.HasFlag(SubstringRule.TextEnd))
        {
            parts.Add(PatternNode.Assert(PatternAssertion.EndOrBefore, CodePointSet.Empty));
        }

        return PatternNode.Sequence(parts);
    }

    private static CodePointSet EqualTo(Rune rune, bool isByteWise)
    {
        if (rune.IsAscii)
        {
            int upper = char.ToUpperInvariant((char)rune.Value);
            return CodePointSet.OfRanges([(rune.Value, rune.Value), (upper, upper)]);
        }

        Rune folded = Utf8CaseFold.Fold(rune);
        return isByteWise
            ? CodePointSet.Of(rune.Value)
            : CodePointSet.OfRanges(s_byFold.Value[folded].Append(folded.Value).Append(rune.Value).Select(equal => (equal, equal)));
    }

    // Letters beyond ASCII that have case, by what they fold to.
    private static ILookup<Rune, int> GroupByFold() => Enumerable.Range(0x80, CodePointSet.Limit - 0x80)
        .Where(Rune.IsValid)
        .Select(value => new Rune(value))
        .Where(rune => Rune.ToUpperInvariant(rune) != rune || Rune.ToLowerInvariant(rune) != rune)
        .ToLookup(Utf8CaseFold.Fold, rune => rune.Value);
}
