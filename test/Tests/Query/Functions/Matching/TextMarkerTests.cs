using System.Globalization;
using System.Text;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Tests.Query.Functions.Matching;

public sealed class TextMarkerTests
{
    private const SubstringRule IgnoreCase = SubstringRule.IgnoreCase;
    private const SubstringRule Term = SubstringRule.TermStart | SubstringRule.TermEnd;

    private static readonly SubstringRule[] s_rules =
    [
        SubstringRule.None, IgnoreCase, Term, Term | IgnoreCase, SubstringRule.TermStart, SubstringRule.TermEnd | IgnoreCase,
        SubstringRule.TextStart, SubstringRule.TextStart | IgnoreCase, SubstringRule.TextEnd, SubstringRule.TextEnd | IgnoreCase,
        SubstringRule.TextStart | SubstringRule.TextEnd,
    ];

    private static readonly string[] s_pieces =
    [
        "", " ", "user=", " timeout after ", "ms", "결제 ", "가 실패", "-", ".", "Ünï", "a", "5", "\U0001F525", "ff", "node",
    ];

    private static readonly string[] s_words =
    [
        "", "a", "ab5", "결제", "timeout", "Time", "ÜNÏ", "ünï", "/api/v1", "\U0001F525", "ß", "K", "\u212A", "user=", "5", "-", "é x",
    ];

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Mark_Needles_AsOverPlainText(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 150; round++)
        {
            TemplateText text = RandomText(random);
            Utf8Values plain = text.Render();
            for (int needles = 0; needles < 25; needles++)
            {
                byte[] needle = RandomNeedle(random, plain);
                SubstringRule rule = s_rules[random.Next(s_rules.Length)];
                var matcher = new SubstringMatcher(needle, rule);
                Check(matcher, text, plain, $"{rule} '{Encoding.UTF8.GetString(needle)}'");
            }
        }
    }

    [Fact]
    public void Mark_RegularExpressions_AsOverPlainText()
    {
        var random = new Random(33);
        string[] patterns =
        [
            "user=\\d+5\\b", "\\d{3}", "^\\d+$", "\\b[0-9a-f]{8}\\b", "after -?\\d+\\.\\d{2}", "(\\d+\\.){3}\\d+ms", "timeout.*5", "(?i)ünï",
            "결제 .*실패$", "^(user|node)", "\\D5", "[^0-9]$", "a|b|\\d-", ".", "^$", "ff[0-9]", "\\B5", "node\\d\\d?\\b", "(?s).*x.*",
            "\\w+\\s\\w+", "[a-f]{2}[0-9]", "0\\.0", "25[0-5]",
        ];
        for (int round = 0; round < 100; round++)
        {
            TemplateText text = RandomText(random);
            Utf8Values plain = text.Render();
            foreach (string pattern in patterns)
            {
                Check(RegexPattern.Compile(Encoding.UTF8.GetBytes(pattern)), text, plain, pattern);
            }
        }
    }

    [Fact]
    public void Mark_ManyTextVariables_AsOverPlainText()
    {
        var random = new Random(34);
        string[] needles = ["a", "ab", "zz", "time", "timeout", "결제", "제가", "a-b", "-a", "out ", "z", "b5"];
        string[] words = ["a", "b", "ab", "z", "zz", "time", "out", "timeout", "결", "제", "결제", "가", "-", " ", "5", "x"];
        string[] templates = ["<*>", "<*> out", "z<*>", "time<*>", "<*>out <*>", "a <*>-b", "결<*>", "<*>가", "id <*> 제가"];
        for (int round = 0; round < 60; round++)
        {
            var template = Template.Parse(Encoding.UTF8.GetBytes(templates[random.Next(templates.Length)]));
            VariableColumn[] slots = [.. Enumerable.Range(0, template.SlotCount).Select(_ => VariableColumn.OfTexts(StringVector.Of(
                [.. Enumerable.Range(0, 80).Select(_ => string.Concat(
                    Enumerable.Range(0, random.Next(0, 4)).Select(_ => words[random.Next(words.Length)])))])))];
            var text = new TemplateText([template], new int[80], 80, [slots]);
            Utf8Values plain = text.Render();
            foreach (string needle in needles)
            {
                foreach (SubstringRule rule in s_rules)
                {
                    Check(new SubstringMatcher(Encoding.UTF8.GetBytes(needle), rule), text, plain, $"{rule} '{needle}'");
                }
            }
        }
    }

    [Fact]
    public void Mark_DecidedByPieces_ReadsNoVariable()
    {
        var template = Template.Parse("timeout after <*> ms from <*>"u8);
        var text = new TemplateText(
            [template],
            new int[3],
            3,
            (_, _) => throw new InvalidOperationException("a variable was read"),
            (_, slot) => slot == 0 ? new VariableShape(VariableKind.Integer, 0) : new VariableShape(VariableKind.Ipv4, 0));
        bool[] hits = new bool[3];
        new TextMarker(new SubstringMatcher("TIMEOUT"u8, IgnoreCase | Term)).Mark(new StringVector(text), hits);
        Assert.Equal([true, true, true], hits);
        hits.AsSpan().Clear();
        new TextMarker(new SubstringMatcher("needle"u8, IgnoreCase)).Mark(new StringVector(text), hits);
        new TextMarker(RegexPattern.Compile("user=\\d+5\\b"u8)).Mark(new StringVector(text), hits);
        new TextMarker(RegexPattern.Compile("ms to"u8)).Mark(new StringVector(text), hits);
        Assert.Equal([false, false, false], hits);
    }

    private static void Check(ITextMatcher matcher, TemplateText text, Utf8Values plain, string what)
    {
        bool[] hits = new bool[text.Length];
        new TextMarker(matcher).Mark(new StringVector(text), hits);
        for (int row = 0; row < hits.Length; row++)
        {
            Assert.True(
                hits[row] == matcher.Matches(plain[row]),
                $"{what} on '{Encoding.UTF8.GetString(plain[row])}' of '{text.TemplateAt(text.Codes[row])}': not {hits[row]}");
        }
    }

    private static byte[] RandomNeedle(Random random, Utf8Values plain)
    {
        if (random.Next(3) == 0 || plain.Count == 0)
        {
            return Encoding.UTF8.GetBytes(s_words[random.Next(s_words.Length)] + s_pieces[random.Next(s_pieces.Length)]);
        }

        string text = Encoding.UTF8.GetString(plain[random.Next(plain.Count)]);
        int start = random.Next(text.Length + 1);
        string needle = text.Substring(start, random.Next(text.Length - start + 1));
        return Encoding.UTF8.GetBytes(random.Next(4) == 0 ? needle.ToUpperInvariant() : needle);
    }

    private static TemplateText RandomText(Random random)
    {
        int rows = random.Next(1, random.Next(2) == 0 ? 40 : 200);
        var templates = new Dictionary<string, Template>();
        for (int wanted = random.Next(1, 6); wanted > 0; wanted--)
        {
            var template = new StringBuilder(s_pieces[random.Next(s_pieces.Length)]);
            for (int left = random.Next(0, 4); left > 0; left--)
            {
                template.Append("<*>").Append(s_pieces[random.Next(s_pieces.Length)]);
            }

            templates.TryAdd(template.ToString(), Template.Parse(Encoding.UTF8.GetBytes(template.ToString())));
        }

        Template[] all = [.. templates.Values];
        int[] codes = [.. Enumerable.Range(0, rows).Select(_ => random.Next(all.Length))];
        VariableColumn[][] slots = new VariableColumn[all.Length][];
        for (int template = 0; template < all.Length; template++)
        {
            int count = codes.Count(code => code == template);
            slots[template] = [.. Enumerable.Range(0, all[template].SlotCount).Select(_ => RandomVariables(random, count))];
        }

        return new TemplateText(all, codes, rows, slots);
    }

    private static VariableColumn RandomVariables(Random random, int count)
    {
        var kind = (VariableKind)random.Next(7);
        if (kind == VariableKind.Text)
        {
            StringVector texts = StringVector.Of([.. Enumerable.Range(0, count).Select(_ => RandomWord(random))]);
            return VariableColumn.OfTexts(random.Next(4) switch
            {
                0 when count > 0 => StringVector.Constant(texts[0], count),
                1 => new StringVector(RandomShapes(random, count)),
                2 => new StringVector(texts.Values, [.. Enumerable.Range(0, count).Select(_ => random.Next(count))], count),
                _ => texts,
            });
        }

        int digits = kind switch
        {
            VariableKind.Decimal => random.Next(1, 4),
            VariableKind.Hex => random.Next(1, 17),
            VariableKind.Time => random.Next(10) + (16 * random.Next(4)),
            VariableKind.Padded => random.Next(2, 19),
            _ => 0
        };
        long[] numbers = [.. Enumerable.Range(0, count).Select(_ => kind switch
        {
            VariableKind.Ipv4 => random.NextInt64(1L << 32),
            VariableKind.Hex => digits == 16 ? random.NextInt64() : random.NextInt64(1L << (4 * digits)),
            VariableKind.Time or VariableKind.Padded => random.NextInt64(1L << random.Next(1, 60)),
            _ => random.NextInt64(-5, random.Next(2) == 0 ? 10 : 200_000),
        })];
        return VariableColumn.OfNumbers(kind, digits, numbers, count);
    }

    private static ShapedTexts RandomShapes(Random random, int count)
    {
        var shapes = new Utf8Buffer(4);
        int[] numbersOf = new int[random.Next(1, 5)];
        for (int shape = 0; shape < numbersOf.Length; shape++)
        {
            numbersOf[shape] = random.Next(3);
            shapes.Append(Encoding.UTF8.GetBytes(string.Join(
                (char)ShapedTexts.NumberMark, Enumerable.Range(0, numbersOf[shape] + 1).Select(_ => s_words[random.Next(s_words.Length)]))));
        }

        int[] codes = [.. Enumerable.Range(0, count).Select(_ => random.Next(numbersOf.Length))];
        long[] numbers = [.. Enumerable.Range(0, codes.Sum(code => numbersOf[code])).Select(_ => random.NextInt64(100, 100_000))];
        return new ShapedTexts(shapes.Build(), codes, count, numbers);
    }

    private static string RandomWord(Random random) => random.Next(3) == 0
        ? random.Next(1000).ToString(CultureInfo.InvariantCulture)
        : s_words[random.Next(s_words.Length)];
}
