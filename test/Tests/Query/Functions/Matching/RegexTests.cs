using Bongsu.Core.Types;
using Bongsu.Query.Functions;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Tests.Query.Functions.Matching;

public sealed class RegexTests
{
    [Theory]
    [InlineData("matches regex('Fabrikam', 'b.*k') => true")]
    [InlineData("matches regex('abc', 'B') => false")]
    [InlineData("matches regex('abc', '(?i)B') => true")]
    [InlineData("matches regex('user=kim', '(?P<name>u)ser') => true")]
    [InlineData("matches regex('ab', '^[[:alpha:]]+$') => true")]
    [InlineData("matches regex('b', '^[a-z&&[^b]]$') => false")]
    [InlineData("matches regex('c', '^[a-z&&[^b]]$') => true")]
    [InlineData("matches regex('c', '^[a-z&&[a-c]]$') => true")]
    [InlineData("matches regex('d', '^[a-z--[d]]$') => false")]
    [InlineData("matches regex('결제', '^\\p{Hangul}+$') => true")]
    [InlineData("matches regex('a.b', '\\Qa.b\\E') => true")]
    [InlineData("matches regex('axb', '\\Qa.b\\E') => false")]
    [InlineData("matches regex('é', '^\\x{e9}$') => true")]
    [InlineData("matches regex('a{b', 'a{b') => true")]
    [InlineData("matches regex('abc', 'x|b') => true")]
    [InlineData("matches regex('ac', 'ab?c') => true")]
    [InlineData("matches regex('ac', 'ab{0,2}c') => true")]
    [InlineData("matches regex('abd', 'ab+(c|d)') => true")]
    [InlineData("extract('(?P<a>x)(y)', 2, 'xy') => 'y'")]
    [InlineData("extract('(a+?)', 1, 'aaa') => 'a'")]
    [InlineData("extract('(?U)(a+)', 1, 'aaa') => 'a'")]
    [InlineData("extract('-([0-9]{2})-', 1, '15-07-2023', 'int') => int(7)")]
    [InlineData("extract('x', 0, 'abc', 'long') => null(long)")]
    [InlineData("extract('a', 3, 'abc') => ''")]
    [InlineData("extract_all('(a)(?P<n>b)', dyn([\"n\"]), 'abab') => dyn([\"b\",\"b\"])")]
    [InlineData("extract_all('x', 'abc') => null(dynamic)")]
    [InlineData("replace_regex('a1b2', '([a-z])([0-9])', '\\2\\1\\\\') => '1a\\2b\\'")]
    [InlineData("trim('--', '--https://bing.com--') => 'https://bing.com'")]
    [InlineData("trim_start('[^\\w]+', '-  Te st1// $') => 'Te st1// $'")]
    [InlineData("trim_end('a*', 'aaathis is a testaaaa') => 'aaathis is a test'")]
    [InlineData("countof('abcabc', 'a.c', 'regex') => 2")]
    [InlineData("indexof_regex('abcabc', 'a|ab', -1) => null(long)")]
    [InlineData("indexof_regex('ababaa', 'a.a', 0, -1, 2) => -1")]
    public void Rows(string row) => FunctionCase.Check(row);

    [Theory]
    [InlineData("(?=a)", "look-around")]
    [InlineData("(?<!a)b", "look-around")]
    [InlineData("(?>a)", "look-around")]
    [InlineData(@"(a)\1", "back-references")]
    [InlineData(@"(?P<n>a)\k<n>", "back-references")]
    [InlineData("a)", "without '('")]
    [InlineData("(a", "(a")]
    [InlineData("[a", "not closed")]
    [InlineData(@"\y", "not supported")]
    [InlineData("a**", "a**")]
    [InlineData(@"a\", "at the end")]
    [InlineData("[[:nope:]]", "not known")]
    [InlineData(@"\x{110000}", "no code point")]
    public void Compile_UnsupportedPattern_SaysWhy(string pattern, string reason)
    {
        var error = Assert.Throws<FunctionException>(
            () => FunctionCase.Call("matches regex", [Scalar.Of("text"), Scalar.Of(pattern)]));
        Assert.Equal(1, error.ArgumentIndex);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MayMatch_OnRandomPatterns_NeverRefusesAMatch()
    {
        var random = new Random(11);
        string[] atoms = ["a", "b", "ab", ".", "a?", "b*", "(a|b)", "(ab)?", "c+", "[ab]", "a{0,2}", "c{2}", "|", "\\.", "(?:a)", "bc"];
        for (int round = 0; round < 2000; round++)
        {
            string pattern = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => atoms[random.Next(atoms.Length)]));
            string text = string.Concat(Enumerable.Range(0, random.Next(0, 8)).Select(_ => "abc."[random.Next(4)]));
            RegexPattern compiled = RegexPattern.Compile(System.Text.Encoding.UTF8.GetBytes(pattern));
            if (compiled.Regex.IsMatch(text))
            {
                Assert.True(compiled.MayMatch(System.Text.Encoding.UTF8.GetBytes(text)), $"'{pattern}' matches '{text}'");
            }
        }
    }

    [Fact]
    public void Translate_RandomText_ThrowsItsOwnErrorOnly()
    {
        var random = new Random(12);
        const string letters = "ab\\()[]{}|*+?^$.-&:pQEdx0123P<>=!,~#é";
        for (int round = 0; round < 5000; round++)
        {
            string pattern = string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => letters[random.Next(letters.Length)]));
            try
            {
                RegexPattern.Compile(System.Text.Encoding.UTF8.GetBytes(pattern));
            }
            catch (FunctionException)
            {
                // Most of it is no pattern.
            }
        }
    }
}
