using System.Text;
using Bongsu.Core.Automata;

namespace Bongsu.Tests.Core.Automata;

public sealed class TextAutomatonTests
{
    private static readonly CodePointSet s_letterA = CodePointSet.Of('a');

    [Theory]
    [InlineData("", false)]
    [InlineData("a", true)]
    [InlineData("xxa", true)]
    [InlineData("A가\U0001F525", false)]
    public void Match_OneCodePoint_FoundAnywhere(string text, bool isFound)
    {
        TextAutomaton automaton = Create(PatternNode.One(s_letterA));
        Assert.Equal(isFound ? TextAutomaton.Found : TextAutomaton.Dead, automaton.Match(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Match_EveryCodePoint_IsReadAsItself()
    {
        // Every place where UTF-8 changes its length or its rules, and its neighbours.
        int[] edges = [0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x3FFFF, 0x40000, 0x10FFFF];
        foreach (int edge in edges)
        {
            TextAutomaton automaton = Create(PatternNode.One(CodePointSet.Of(edge)));
            foreach (int other in edges)
            {
                byte[] text = Encoding.UTF8.GetBytes(new Rune(other).ToString());
                Assert.Equal(other == edge ? TextAutomaton.Found : TextAutomaton.Dead, automaton.Match(text));
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xC1, 0xBF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC3, (byte)'b' })]
    [InlineData(new byte[] { 0xE0, 0x9F, 0xBF })]
    [InlineData(new byte[] { 0xE1, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF0, 0x8F, 0xBF, 0xBF })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xFF })]
    public void Match_NotUtf8_IsUnknownUnlessFoundBefore(byte[] bytes)
    {
        TextAutomaton automaton = Create(PatternNode.One(CodePointSet.OfRanges([('a', 'a'), ('A', 'A')])));
        Assert.Equal(TextAutomaton.Unknown, automaton.Match(bytes));
        Assert.Equal(TextAutomaton.Found, automaton.Match([(byte)'a', .. bytes]));
    }

    [Theory]
    [InlineData(PatternAssertion.StartOrAfter, "ab", true)]
    [InlineData(PatternAssertion.StartOrAfter, "xab", false)]
    [InlineData(PatternAssertion.StartOrAfter, "-ab", true)]
    [InlineData(PatternAssertion.NotAfter, "xab", true)]
    [InlineData(PatternAssertion.NotAfter, "-ab", false)]
    [InlineData(PatternAssertion.NotAfter, "ab", true)]
    [InlineData(PatternAssertion.Boundary, "-ab", true)]
    [InlineData(PatternAssertion.Boundary, "ab", false)]
    [InlineData(PatternAssertion.NotBoundary, "ab", true)]
    public void Match_AssertionBefore_AsksWhatStandsBefore(PatternAssertion assertion, string text, bool isFound)
    {
        PatternNode pattern = PatternNode.Sequence(
            PatternNode.Assert(assertion, CodePointSet.Of('-')), PatternNode.One(s_letterA));
        Assert.Equal(isFound, Create(pattern).Match(Encoding.UTF8.GetBytes(text)) == TextAutomaton.Found);
    }

    [Theory]
    [InlineData(PatternAssertion.EndOrBefore, "a", true)]
    [InlineData(PatternAssertion.EndOrBefore, "ab", false)]
    [InlineData(PatternAssertion.EndOrBefore, "ab가-a가a-", true)]
    [InlineData(PatternAssertion.NotBefore, "a-", false)]
    [InlineData(PatternAssertion.NotBefore, "a가", true)]
    [InlineData(PatternAssertion.Boundary, "a-", true)]
    [InlineData(PatternAssertion.NotBoundary, "a", true)]
    public void Match_AssertionBehind_AsksWhatFollows(PatternAssertion assertion, string text, bool isFound)
    {
        PatternNode pattern = PatternNode.Sequence(
            PatternNode.One(s_letterA), PatternNode.Assert(assertion, CodePointSet.Of('-')));
        Assert.Equal(isFound, Create(pattern).Match(Encoding.UTF8.GetBytes(text)) == TextAutomaton.Found);
    }

    [Fact]
    public void TryCreate_TooManyCopies_GivesNone()
    {
        PatternNode pattern = PatternNode.Repeat(PatternNode.Repeat(PatternNode.One(s_letterA), 100, 100), 1000, 1000);
        Assert.Null(TextAutomaton.TryCreate(pattern));
    }

    [Fact]
    public void Match_TooManyStates_IsUnknown()
    {
        // Which of the last 14 places hold an a: 2^14 states.
        CodePointSet any = CodePointSet.OfRanges([(0, CodePointSet.Limit - 1)]);
        TextAutomaton automaton = Create(PatternNode.Sequence(
            PatternNode.One(s_letterA), PatternNode.Repeat(PatternNode.One(any), 14, 14), PatternNode.One(CodePointSet.Of('!'))));
        var random = new Random(3);
        byte[] text = [.. Enumerable.Range(0, 100_000).Select(_ => (byte)"ab"[random.Next(2)])];
        Assert.Equal(TextAutomaton.Unknown, automaton.Match(text));
    }

    [Fact]
    public void Match_ManyThreads_AllAgree()
    {
        CodePointSet digits = CodePointSet.OfRanges([('0', '9')]);
        TextAutomaton automaton = Create(PatternNode.Sequence(
            PatternNode.One(s_letterA), PatternNode.Repeat(PatternNode.One(digits), 2, 9), PatternNode.One(CodePointSet.Of('-'))));
        Parallel.For(0, 64, seed =>
        {
            var random = new Random(seed);
            for (int round = 0; round < 200; round++)
            {
                string text = string.Concat(Enumerable.Range(0, 40).Select(_ => "a0123-결"[random.Next(7)]));
                bool expected = System.Text.RegularExpressions.Regex.IsMatch(text, "a[0-9]{2,9}-");
                Assert.Equal(expected, automaton.Match(Encoding.UTF8.GetBytes(text)) == TextAutomaton.Found);
            }
        });
    }

    [Fact]
    public void LettersAndDigits_EveryCodePoint_IsInWhereTheRuneIs()
    {
        for (int codePoint = 0; codePoint < CodePointSet.Limit; codePoint++)
        {
            bool expected = Rune.IsValid(codePoint) && Rune.IsLetterOrDigit(new Rune(codePoint));
            if (CodePointSet.LettersAndDigits.Contains(codePoint) != expected)
            {
                Assert.Fail($"U+{codePoint:X4}: expected {expected}");
            }
        }
    }

    private static TextAutomaton Create(PatternNode pattern) => TextAutomaton.TryCreate(pattern)!;
}
