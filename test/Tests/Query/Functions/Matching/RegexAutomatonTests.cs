using System.Text;
using Bongsu.Core.Automata;
using Bongsu.Query.Functions;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Tests.Query.Functions.Matching;

public sealed class RegexAutomatonTests
{
    private static readonly string[] s_atoms =
    [
        "a", "b", "k", "S", "=", "user", ".", "\\d", "\\w", "\\s", "\\W", "\\D", "[ab]", "[^a]", "[a-f0-9]", "[가-힣]", "결", "제",
        "\\b", "\\B", "^", "$", "\\A", "\\z", "(?i)", "(?m)", "(?s)", "(?i:K)", "(?s:.)", "\\n", "\\.", "\\p{L}", "\\P{Lu}",
        "\\p{Hangul}", "[[:alpha:]]", "[a-z&&[^b]]", "(?:a|결|)", "(b|ab)", "\\x{e9}", "é", "(?i:é)", "(?i:ß)", "\\Qa.b\\E", "#", " ",
    ];

    private static readonly string[] s_quantifiers = ["", "", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "+?", "??", "{3}?"];

    private static readonly string[] s_letters =
    [
        "a", "b", "k", "K", "\u212A", "s", "S", "ſ", "=", "user", "5", "0", " ", "\n", ".", "결", "제", "ㄱ", "é", "É", "ß", "ẞ", "\u200D",
        "\U0001F525", "٣", "_", "#", "\r", "",
    ];

    private static readonly string[] s_few = ["a", "b", "c", "A", "B", "결", "제", "실", "패", "\U0001F525"];

    [Fact]
    public void Matches_RandomPatternsAndTexts_AsDotNetSays()
    {
        var random = new Random(21);
        int automata = 0;
        int valid = 0;
        for (int round = 0; round < 3000; round++)
        {
            string pattern = RandomPattern(random);
            RegexPattern compiled;
            try
            {
                compiled = RegexPattern.Compile(Encoding.UTF8.GetBytes(pattern));
                _ = compiled.Regex;
            }
            catch (FunctionException)
            {
                continue;
            }

            valid++;
            automata += compiled.Automaton is null ? 0 : 1;
            for (int texts = 0; texts < 30; texts++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(0, 9)).Select(_ => s_letters[random.Next(s_letters.Length)]));
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                bool expected = compiled.Regex.IsMatch(text);
                Assert.True(expected == compiled.Matches(utf8), $"'{pattern}' on '{text}': expected {expected}");
                Assert.True(!expected || compiled.MayMatch(utf8), $"'{pattern}' may match '{text}'");
            }
        }

        Assert.True(automata > valid * 9 / 10, $"{automata} automata of {valid} patterns");
    }

    [Fact]
    public void Matches_BytesThatAreNotUtf8_AsDotNetSaysOfReplacementCharacters()
    {
        var random = new Random(22);
        foreach (string pattern in (string[])["a.b", "\\w+", "^[^a]+$", "\uFFFD", "b\\b"])
        {
            RegexPattern compiled = RegexPattern.Compile(Encoding.UTF8.GetBytes(pattern));
            for (int round = 0; round < 500; round++)
            {
                byte[] text = [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => (byte)"ab\u0080\u00E3\u00ED\u00F0\u00B0"[random.Next(7)])];
                Assert.Equal(compiled.Regex.IsMatch(Encoding.UTF8.GetString(text)), compiled.Matches(text));
            }
        }
    }

    [Fact]
    public void Automaton_AstralCodePoint_IsLeftToDotNetOnlyWhereASetTakesIt()
    {
        RegexPattern anything = RegexPattern.Compile("^.$"u8);
        Assert.Equal(TextAutomaton.Unknown, anything.Automaton!.Match("\U0001F525"u8));
        Assert.False(anything.Matches("\U0001F525"u8));
        RegexPattern digits = RegexPattern.Compile("user=\\d+5\\b"u8);
        Assert.Equal(TextAutomaton.Found, digits.Automaton!.Match("\U0001F525 user=15\U0001F525"u8));
    }

    [Fact]
    public void Mark_WholeBlock_AsRowByRow()
    {
        var random = new Random(23);
        foreach (string pattern in (string[])["ab+c", "결제.*실패", "b", "c$", "x?", "abc", "(?i)ABC", "ab.", "ab(c|$)", "결제", "abcA+", "aa+b"])
        {
            RegexPattern compiled = RegexPattern.Compile(Encoding.UTF8.GetBytes(pattern));
            for (int round = 0; round < 100; round++)
            {
                string[] texts = [.. Enumerable.Range(0, random.Next(0, 9)).Select(_ =>
                    string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => s_few[random.Next(s_few.Length)])))];
                bool[] hits = new bool[texts.Length];
                compiled.Mark(Bongsu.Core.Vectors.StringVector.Of(texts).Values, hits);
                Assert.Equal(texts.Select(text => compiled.Regex.IsMatch(text)), hits);
            }
        }
    }

    private static string RandomPattern(Random random)
    {
        var pattern = new StringBuilder();
        for (int parts = random.Next(1, 6); parts > 0; parts--)
        {
            pattern.Append(s_atoms[random.Next(s_atoms.Length)]).Append(s_quantifiers[random.Next(s_quantifiers.Length)]);
            pattern.Append(random.Next(8) == 0 ? "|" : "");
        }

        return random.Next(5) == 0 ? $"({pattern}){s_quantifiers[random.Next(s_quantifiers.Length)]}" : pattern.ToString();
    }
}
