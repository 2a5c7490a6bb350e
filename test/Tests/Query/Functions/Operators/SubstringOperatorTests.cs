using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;

namespace Bongsu.Tests.Query.Functions.Operators;

public sealed class SubstringOperatorTests
{
    private static readonly string[] s_pieces =
        ["a", "B", "error", "ERR", "or", "결제", "결", "가", "-", "_", " ", ".", "é", "É", "ß", "K", "k", "ſ", "s", "9", "\0", "Я", "я", "𝒳", "İ", "ab", "Aba"];

    [Theory]
    [InlineData("has('KustoExplorerQueryRun', 'Explorer') => false")]
    [InlineData("has('North America', 'america') => true")]
    [InlineData("has_cs('North America', 'america') => false")]
    [InlineData("has('a user_name b', 'user') => true")]
    [InlineData("has('from 10.1.2.3:80', '10.1.2') => true")]
    [InlineData("has('from 110.1.2.3', '10.1.2') => false")]
    [InlineData("has('disk full!', 'Disk Full') => true")]
    [InlineData("has('결제가 실패', '결제') => false")]
    [InlineData("has('결제 실패', '결제') => true")]
    [InlineData("has('', 'x') => false")]
    [InlineData("!has('abc', 'ab') => true")]
    [InlineData("contains('FabriKam', 'BRik') => true")]
    [InlineData("contains('결제가 실패', '결제') => true")]
    [InlineData("contains('ÀÉ', 'é') => true")]
    [InlineData("contains('', '') => true")]
    [InlineData("contains_cs('FabriKam', 'kam') => false")]
    [InlineData("!contains_cs('Fabrikam', 'Kam') => true")]
    [InlineData("startswith('Fabrikam', 'fab') => true")]
    [InlineData("startswith_cs('Fabrikam', 'fab') => false")]
    [InlineData("!startswith('Fabrikam', 'kam') => true")]
    [InlineData("endswith('Fabrikam', 'Kam') => true")]
    [InlineData("endswith('Écran É', 'é') => true")]
    [InlineData("!endswith_cs('Fabrikam', 'brik') => true")]
    [InlineData("hasprefix('North America', 'ame') => true")]
    [InlineData("!hasprefix('North America', 'mer') => true")]
    [InlineData("hassuffix('North America', 'ica') => true")]
    [InlineData("hassuffix_cs('North America', 'ICA') => false")]
    [InlineData("has_all('North and South America', 'south', 'north') => true")]
    [InlineData("has_all('North and South America', dyn([\"south\",\"east\"])) => false")]
    [InlineData("has_any('North America', dyn([\"x\",\"america\"])) => true")]
    [InlineData("has_any('North America', 'x', 'y') => false")]
    public void Rows(string row) => FunctionCase.Check(row);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void BlockSearch_OnHostileText_EqualsNaiveSearch(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 60; round++)
        {
            string[] texts = Enumerable.Range(0, 40).Select(_ => RandomText(random, random.Next(0, 60))).ToArray();
            string needle = RandomText(random, random.Next(0, 4));
            var all = StringVector.Of(texts);
            Vector sliced = all.Gather(Enumerable.Range(5, 30).ToArray());
            foreach (string name in (string[])["contains", "contains_cs", "has", "has_cs", "hasprefix", "hassuffix_cs", "startswith", "endswith"])
            {
                ScalarKernel kernel = FunctionRegistry.FindScalar(name)!.Bind([new(ScalarType.String, null, null), new(ScalarType.String, null, null)]);
                var result = (FixedVector<bool>)kernel.Evaluate(
                    [sliced, Vector.Constant(Scalar.Of(needle), 30)], 30, new EvaluationContext(0, CancellationToken.None));
                for (int row = 0; row < 30; row++)
                {
                    bool expected = Naive(name, texts[row + 5], needle);
                    Assert.True(expected == result[row], $"seed {seed} round {round}: '{texts[row + 5]}' {name} '{needle}' should be {expected}");
                }
            }
        }
    }

    private static string RandomText(Random random, int pieces) =>
        string.Concat(Enumerable.Range(0, pieces).Select(_ => s_pieces[random.Next(s_pieces.Length)]));

    // Compares code point by code point at every place.
    private static bool Naive(string name, string text, string needle)
    {
        bool isCased = name.EndsWith("_cs", StringComparison.Ordinal);
        System.Text.Rune[] left = text.EnumerateRunes().Select(rune => isCased ? rune : Bongsu.Query.Functions.Matching.Utf8CaseFold.Fold(rune)).ToArray();
        System.Text.Rune[] right = needle.EnumerateRunes().Select(rune => isCased ? rune : Bongsu.Query.Functions.Matching.Utf8CaseFold.Fold(rune)).ToArray();
        bool needsStart = name.StartsWith("has", StringComparison.Ordinal) && !name.StartsWith("hassuffix", StringComparison.Ordinal);
        bool needsEnd = name.StartsWith("has", StringComparison.Ordinal) && !name.StartsWith("hasprefix", StringComparison.Ordinal);
        for (int start = 0; start + right.Length <= left.Length; start++)
        {
            int end = start + right.Length;
            bool holds = right.Length == 0 || left.AsSpan(start, right.Length).SequenceEqual(right)
                && (!needsStart || start == 0 || !System.Text.Rune.IsLetterOrDigit(left[start - 1]))
                && (!needsEnd || end == left.Length || !System.Text.Rune.IsLetterOrDigit(left[end]))
                && (name != "startswith" || start == 0)
                && (name != "endswith" || end == left.Length);
            if (holds)
            {
                return true;
            }
        }

        return false;
    }
}
