using System.Text;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Tests.Ingest.Decoding;

public sealed class KoreanTextTests
{
    private static readonly Encoding s_cp949 = CodePagesEncodingProvider.Instance.GetEncoding(949)!;

    [Theory]
    [InlineData("결제 완료")]
    [InlineData("level=error msg=뷁 똠방각하")]
    [InlineData("2026-11-20 서버가 응답하지 않습니다. code=504")]
    public void ToUtf8_Cp949_IsTranscoded(string text)
    {
        Assert.Equal(KoreanText.Outcome.Transcoded, KoreanText.ToUtf8(s_cp949.GetBytes(text), out ReadOnlySpan<byte> utf8));
        Assert.Equal(text, Encoding.UTF8.GetString(utf8));
    }

    [Fact]
    public void ToUtf8_EveryHangulSyllableOfCp949_RoundTrips()
    {
        for (char syllable = '가'; syllable <= '힣'; syllable++)
        {
            string text = $"메시지 {syllable} 끝";
            KoreanText.ToUtf8(s_cp949.GetBytes(text), out ReadOnlySpan<byte> utf8);
            Assert.Equal(text, Encoding.UTF8.GetString(utf8));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, "\uFFFD")]
    [InlineData(new byte[] { 0x63, 0x61, 0x66, 0xE9, 0x20, 0x78 }, "caf\uFFFD x")]
    [InlineData(new byte[] { 0xEA, 0xB2, 0xB0, 0xEC, 0xA0, 0x9C, 0xEC, 0x99 }, "결제\uFFFD")]
    [InlineData(new byte[] { 0x80, 0x81 }, "\uFFFD\uFFFD")]
    public void ToUtf8_Neither_IsRepaired(byte[] bytes, string expected)
    {
        Assert.Equal(KoreanText.Outcome.Repaired, KoreanText.ToUtf8(bytes, out ReadOnlySpan<byte> utf8));
        Assert.Equal(expected, Encoding.UTF8.GetString(utf8));
    }

    [Fact]
    public void ToUtf8_AnyBytes_GiveValidUtf8()
    {
        var random = new Random(9);
        for (int round = 0; round < 2_000; round++)
        {
            byte[] bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            KoreanText.ToUtf8(bytes, out ReadOnlySpan<byte> utf8);
            Assert.True(System.Text.Unicode.Utf8.IsValid(utf8));
        }
    }
}
