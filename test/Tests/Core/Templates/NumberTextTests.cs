using System.Text;
using Bongsu.Core.Templates;

namespace Bongsu.Tests.Core.Templates;

public sealed class NumberTextTests
{
    [Fact]
    public void Read_AnyText_EqualsTheParserOfWholeTexts()
    {
        var random = new Random(3);
        for (int round = 0; round < 60_000; round++)
        {
            string alphabet = (round % 4) switch { 0 => "0123456789", 1 => "0123456789abcdef", 2 => "0123456789.-", _ => "0123.:" };
            byte[] bytes = new byte[random.Next(1, 60)];
            for (int index = 0; index < bytes.Length; index++)
            {
                bytes[index] = (byte)alphabet[random.Next(alphabet.Length)];
            }

            int start = random.Next(bytes.Length);
            int end = random.Next(start, bytes.Length + 1);
            foreach ((VariableKind kind, int digits) in new[]
                { (VariableKind.Integer, 0), (VariableKind.Decimal, 1), (VariableKind.Decimal, 4), (VariableKind.Hex, 3), (VariableKind.Hex, 8), (VariableKind.Hex, 16), (VariableKind.Ipv4, 0),
                    (VariableKind.Padded, 3), (VariableKind.Padded, 9), (VariableKind.Time, 0), (VariableKind.Time, 3), (VariableKind.Time, 16), (VariableKind.Time, 33) })
            {
                int length = NumberText.Read(kind, digits, bytes, start, end, out long number);
                ReadOnlySpan<byte> text = bytes.AsSpan(start, length);
                Assert.True(length <= end - start);
                Assert.True(length == 0 || (VariableText.TryParse(kind, digits, text, out long expected) && expected == number),
                    $"{kind} {digits}: {Encoding.UTF8.GetString(text)} read as {number}");
            }
        }
    }

    [Theory]
    [InlineData(VariableKind.Integer, 0, "9223372036854775807")]
    [InlineData(VariableKind.Integer, 0, "-9223372036854775807")]
    [InlineData(VariableKind.Integer, 0, "0")]
    [InlineData(VariableKind.Integer, 0, "12345678")]
    [InlineData(VariableKind.Decimal, 2, "-0.05")]
    [InlineData(VariableKind.Decimal, 9, "123456789.123456789")]
    [InlineData(VariableKind.Hex, 16, "fedcba9876543210")]
    [InlineData(VariableKind.Hex, 1, "f")]
    [InlineData(VariableKind.Ipv4, 0, "255.255.255.255")]
    [InlineData(VariableKind.Padded, 6, "007809")]
    [InlineData(VariableKind.Padded, 18, "000000000000000001")]
    [InlineData(VariableKind.Time, 0, "23:59:59")]
    [InlineData(VariableKind.Time, 9, "00:00:00.000000001")]
    [InlineData(VariableKind.Time, 22, "15.42.50.675872")]
    [InlineData(VariableKind.Time, 32, "0:0:7")]
    public void Read_NumberBesideOtherBytes_IsRead(VariableKind kind, int digits, string text)
    {
        foreach (int slack in new[] { 0, 1, 40 })
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text + new string(' ', slack));
            Assert.Equal(text.Length, NumberText.Read(kind, digits, bytes, 0, bytes.Length, out long number));
            Assert.True(VariableText.TryParse(kind, digits, Encoding.UTF8.GetBytes(text), out long expected));
            Assert.Equal(expected, number);
            byte[] written = new byte[VariableText.MaxNumberBytes];
            Assert.Equal(text, Encoding.UTF8.GetString(written, 0, VariableText.Format(kind, digits, number, written)));
        }
    }

    [Fact]
    public void KindOf_RandomTimesAndDigits_ComeBack()
    {
        var random = new Random(4);
        byte[] written = new byte[VariableText.MaxNumberBytes];
        for (int round = 0; round < 50_000; round++)
        {
            byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 20))
                .Select(_ => "0123456789:::..."[random.Next(16)])));
            VariableKind kind = VariableText.KindOf(text, out int digits);
            Assert.True(VariableText.IsValid(kind, digits));
            if (kind != VariableKind.Text)
            {
                Assert.True(VariableText.TryParse(kind, digits, text, out long number));
                Assert.Equal(text, written[..VariableText.Format(kind, digits, number, written)]);
            }
        }
    }

    [Fact]
    public void Format_AnyNumber_FitsTheRoom()
    {
        byte[] written = new byte[VariableText.MaxNumberBytes];
        foreach (long number in new[] { long.MinValue, -1, 0, long.MaxValue })
        {
            for (int digits = 0; digits < 64; digits++)
            {
                foreach (VariableKind kind in new[] { VariableKind.Time, VariableKind.Padded }.Where(kind => VariableText.IsValid(kind, digits)))
                {
                    Assert.InRange(VariableText.Format(kind, digits, number, written), 1, written.Length);
                }
            }
        }
    }
}
