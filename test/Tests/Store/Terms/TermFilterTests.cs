using System.Globalization;
using System.Text;
using Bongsu.Core.Encodings;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;
using Bongsu.Store.Terms;

namespace Bongsu.Tests.Store.Terms;

public sealed class TermFilterTests
{
    private static readonly string[] s_words =
        ["결제가", "실패했습니다", "timeout", "Error-42", "ÀÉÎ", "ſtraße", "user_id=77", "(환불)", "😀", "K", "İstanbul", "a", "\u0000", "주문번호12"];

    [Fact]
    public void MayContain_WhatIsThere_IsNeverDenied()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            string[] texts = [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => Sentence(random))];
            TermFilter filter = Build(texts);
            for (int round = 0; round < 100; round++)
            {
                string text = texts[random.Next(texts.Length)];
                Rune[] runes = [.. text.EnumerateRunes()];
                int start = random.Next(runes.Length + 1);
                string piece = string.Concat(runes[start..random.Next(start, runes.Length + 1)].Select(rune => rune.ToString()));
                foreach (string asked in new[] { piece, piece.ToUpperInvariant(), piece.ToLowerInvariant() })
                {
                    if (text.Contains(asked, StringComparison.OrdinalIgnoreCase))
                    {
                        Assert.True(filter.MayContainText(Encoding.UTF8.GetBytes(asked)), $"seed {seed}: '{asked}' in '{text}'");
                    }
                }

                Assert.True(filter.MayContainTerms(Encoding.UTF8.GetBytes(text)), $"seed {seed}: terms of '{text}'");
            }
        }
    }

    // Variables of every kind, stuck to letters and to each other: what the rows say must never be denied.
    [Fact]
    public void MayContain_OfTemplates_IsNeverDenied()
    {
        string[] pieces = ["", " ", "x", "=", "ab", "0x", "-결제", "건 ", " done", "f", " id:", "G"];
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            TemplateText text = Templates(random, pieces, random.Next(1, 40), out string[] rows);
            var writer = new ByteWriter();
            new TermFilterBuilder().Build(new StringVector(text), writer);
            TermFilter filter = TermFilter.Read(writer.Written);
            foreach (string row in rows)
            {
                Assert.True(filter.MayContainTerms(Encoding.UTF8.GetBytes(row)), $"seed {seed}: terms of '{row}'");
                for (int round = 0; round < 20; round++)
                {
                    int start = random.Next(row.Length + 1);
                    string asked = row[start..random.Next(start, row.Length + 1)];
                    Assert.True(filter.MayContainText(Encoding.UTF8.GetBytes(asked)), $"seed {seed}: '{asked}' in '{row}'");
                }
            }
        }
    }

    [Fact]
    public void MayContain_OfTemplates_SkipsWordsAndIdentifiersThatAreNotThere()
    {
        var text = new TemplateText(
            [Template.Parse("user=<*> request_id=<*> done"u8)], [0], 1,
            [[VariableColumn.OfNumbers(VariableKind.Integer, 0, [4711], 1), VariableColumn.OfNumbers(VariableKind.Hex, 16, [0x0123456789abcdef], 1)]]);
        var writer = new ByteWriter();
        new TermFilterBuilder().Build(new StringVector(text), writer);
        TermFilter filter = TermFilter.Read(writer.Written);
        Assert.False(filter.MayContainText("needle7f3a9c"u8));
        Assert.False(filter.MayContainTerms("request_id=0123456789abcdee"u8));
        Assert.True(filter.MayContainTerms("request_id=0123456789abcdef"u8));
        Assert.True(filter.MayContainText("user=4712"u8));
    }

    private static string Row(Random random, string[] pieces) => pieces[random.Next(pieces.Length)];

    private static TemplateText Templates(Random random, string[] pieces, int count, out string[] rows)
    {
        int slots = random.Next(1, 4);
        string template = string.Join("<*>", Enumerable.Range(0, slots + 1).Select(_ => Row(random, pieces)));
        var columns = new VariableColumn[slots];
        for (int slot = 0; slot < slots; slot++)
        {
            long[] numbers = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(1L << random.Next(1, 40)))];
            int digits = random.Next(1, 17);
            VariableKind kind = (VariableKind)random.Next(5);
            if (kind == VariableKind.Text)
            {
                columns[slot] = VariableColumn.OfTexts(
                    StringVector.Of(Array.ConvertAll(numbers, number => s_words[(int)(number % s_words.Length)])));
                continue;
            }

            // Letters only, every now and then.
            numbers = kind == VariableKind.Hex
                ? Array.ConvertAll(numbers, number => (random.Next(2) == 0 ? number : number | unchecked((long)0xaaaa_aaaa_aaaa_aaaa)) & (digits == 16 ? -1L : (1L << (4 * digits)) - 1))
                : numbers;
            columns[slot] = VariableColumn.OfNumbers(kind, kind == VariableKind.Hex ? digits : kind == VariableKind.Decimal ? 2 : 0, numbers, count);
        }

        var text = new TemplateText([Template.Parse(Encoding.UTF8.GetBytes(template))], new int[count], count, [columns]);
        rows = [.. Enumerable.Range(0, count).Select(new StringVector(text).GetString)];
        return text;
    }

    [Theory]
    [InlineData("결제", true)]
    [InlineData("결제가", true)]
    [InlineData("제가", true)]
    [InlineData("결가", false)]
    [InlineData("TIME", true)]
    [InlineData("timeouts", false)]
    [InlineData("needle7f3a9c", false)]
    [InlineData("", true)]
    public void MayContainText_OfKoreanAndAscii_SkipsWhatIsNotThere(string asked, bool expected) =>
        Assert.Equal(expected, Build(["오늘 결제가 timeout 되었다"]).MayContainText(Encoding.UTF8.GetBytes(asked)));

    [Theory]
    [InlineData("timeout", true)]
    [InlineData("Timeout", true)]
    [InlineData("time", false)]
    [InlineData("결제", false)]
    [InlineData("결제가 되었다", true)]
    public void MayContainTerms_OfWholeTerms_AsksForEach(string asked, bool expected) =>
        Assert.Equal(expected, Build(["오늘 결제가 timeout 되었다"]).MayContainTerms(Encoding.UTF8.GetBytes(asked)));

    [Fact]
    public void MayContain_TemplatedText_NeverDeniesWhatIsThere()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            string[] texts = [.. Enumerable.Range(0, random.Next(20, 200)).Select(_ => Message(random))];
            TemplateText templates = new TemplateMiner().Split(StringVector.Of(texts));
            TermFilter filter = Build(new StringVector(templates));
            for (int round = 0; round < 200; round++)
            {
                string text = texts[random.Next(texts.Length)];
                int start = random.Next(text.Length + 1);
                string piece = text[start..random.Next(start, text.Length + 1)];
                Assert.True(filter.MayContainText(Encoding.UTF8.GetBytes(piece)), $"seed {seed}: '{piece}' in '{text}'");
                Assert.True(filter.MayContainTerms(Encoding.UTF8.GetBytes(text)), $"seed {seed}: terms of '{text}'");
            }
        }
    }

    [Theory]
    [InlineData("needle7f3a9c", false)]
    [InlineData("timeout", false)]
    [InlineData("0b153096c9706ed", true)]
    [InlineData("0b153096c9706edb", true)]
    [InlineData("0b153096c9706edc", false)]
    [InlineData("b153096c9706edb0f", false)]
    [InlineData("777", true)]
    [InlineData("89s", true)]
    [InlineData("89k", false)]
    public void MayContainText_Templated_SkipsWhatNoVariableCanBe(string asked, bool expected)
    {
        var template = Template.Parse("cache hit for key=user:<*> age=<*>s request_id=<*>"u8);
        var text = new TemplateText([template], new int[1], 1,
        [
            [
                VariableColumn.OfNumbers(VariableKind.Integer, 0, [152434], 1),
                VariableColumn.OfNumbers(VariableKind.Integer, 0, [89], 1),
                VariableColumn.OfNumbers(VariableKind.Hex, 16, [0x0b153096c9706edb], 1),
            ],
        ]);
        Assert.Equal(expected, Build(new StringVector(text)).MayContainText(Encoding.UTF8.GetBytes(asked)));
    }

    [Fact]
    public void Read_DamagedBytes_OnlyComplains()
    {
        var writer = new ByteWriter();
        new TermFilterBuilder().Build(StringVector.Of("one two three"), writer);
        var random = new Random(3);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = writer.Written.ToArray();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                _ = TermFilter.Read(bytes.AsSpan(0, random.Next(2) == 0 ? bytes.Length : random.Next(bytes.Length)));
            }
            catch (CorruptDataException)
            {
                // What damaged bytes are for.
            }
        }
    }

    private static string Message(Random random)
    {
        string id = random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);
        int number = random.Next(-20, 100_000);
        return random.Next(6) switch
        {
            0 => $"user={number} logged in from 10.0.{random.Next(256)}.{random.Next(256)} id={id}",
            1 => $"took {number}ms ({number / 7.0:F2}s) at node{random.Next(30)} 0x{id[..8]}",
            2 => $"결제 {number}건 실패 {s_words[random.Next(s_words.Length)]}가 {id[..(random.Next(3) * 4)]}",
            3 => $"{random.Next(999)}x{random.Next(999)} v{random.Next(3)}.{random.Next(9)}.{random.Next(99)} {id}",
            4 => Sentence(random),
            _ => $"GET /api/v{random.Next(3)}/{s_words[random.Next(s_words.Length)]}/{number} {200 + random.Next(3)}",
        };
    }

    private static TermFilter Build(string[] texts) => Build(StringVector.Of(texts));

    private static TermFilter Build(StringVector texts)
    {
        var writer = new ByteWriter();
        new TermFilterBuilder().Build(texts, writer);
        return TermFilter.Read(writer.Written);
    }

    private static string Sentence(Random random) =>
        string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 8)).Select(_ => s_words[random.Next(s_words.Length)]));
}
