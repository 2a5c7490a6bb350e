using System.Text;
using Bongsu.Core.Encodings;
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

    private static TermFilter Build(string[] texts)
    {
        var writer = new ByteWriter();
        new TermFilterBuilder().Build(StringVector.Of(texts), writer);
        return TermFilter.Read(writer.Written);
    }

    private static string Sentence(Random random) =>
        string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 8)).Select(_ => s_words[random.Next(s_words.Length)]));
}
