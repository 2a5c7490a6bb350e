using System.Text;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Vectors;

public sealed class IdentifierTextTests
{
    [Fact]
    public void TryParse_WhatItTakes_ComesBackExactly()
    {
        var random = new Random(11);
        const string Characters = "0123456789abcdefABCDEF.-g ";
        string[] models = ["0123456789abcdef", "01234567-89ab-cdef-0123-456789abcdef", "192.168.10.255", "0.0.0.0"];
        Span<byte> binary = stackalloc byte[IdentifierText.MaxHexDigits / 2];
        Span<byte> back = stackalloc byte[IdentifierText.MaxTextBytes];
        int taken = 0;
        for (int round = 0; round < 50_000; round++)
        {
            char[] text = models[random.Next(models.Length)].ToCharArray();
            for (int change = random.Next(4); change > 0; change--)
            {
                text[random.Next(text.Length)] = Characters[random.Next(Characters.Length)];
            }

            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            foreach (IdentifierForm form in Enum.GetValues<IdentifierForm>())
            {
                int widthBytes = form switch { IdentifierForm.Hex => utf8.Length / 2, IdentifierForm.Uuid => 16, _ => 4 };
                if (IdentifierText.TryParse(form, utf8, binary[..widthBytes]))
                {
                    taken++;
                    int length = IdentifierText.Format(form, binary[..widthBytes], back);
                    Assert.Equal(new string(text), Encoding.UTF8.GetString(back[..length]));
                }
            }
        }

        Assert.InRange(taken, 10_000, 50_000);
    }

    [Theory]
    [InlineData("d4b8df8a002a938a9cd5f83e75ea76b6", IdentifierForm.Hex, 16)]
    [InlineData("01234567-89ab-cdef-0123-456789abcdef", IdentifierForm.Uuid, 16)]
    [InlineData("10.1.2.3", IdentifierForm.Ipv4, 4)]
    public void TryRecognize_Identifiers_TellsTheForm(string text, IdentifierForm form, int widthBytes)
    {
        Assert.True(IdentifierText.TryRecognize(Encoding.UTF8.GetBytes(text), out IdentifierForm found, out int foundBytes));
        Assert.Equal((form, widthBytes), (found, foundBytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcdef")]
    [InlineData("D4B8DF8A002A938A")]
    [InlineData("d4b8df8a002a938")]
    [InlineData("01234567-89AB-cdef-0123-456789abcdef")]
    [InlineData("hello world!")]
    public void TryRecognize_OtherText_Refuses(string text) =>
        Assert.False(IdentifierText.TryRecognize(Encoding.UTF8.GetBytes(text), out _, out _));
}
