using System.Net;
using System.Text;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Vectors;

public sealed class IdentifierTextTests
{
    [Fact]
    public void TryParse_WhatItTakes_ComesBackExactly()
    {
        var random = new Random(11);
        const string Characters = "0123456789abcdefABCDEF.-g ::";
        string[] models = ["0123456789abcdef", "01234567-89ab-cdef-0123-456789abcdef", "192.168.10.255", "0.0.0.0", "2001:db8::10:0:0:1", "::ffff:10.0.0.1"];
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
                int widthBytes = form switch { IdentifierForm.Hex => utf8.Length / 2, IdentifierForm.Uuid or IdentifierForm.Ip => 16, _ => 4 };
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

    [Fact]
    public void Format_Addresses_AreThoseOfTheFrameworkAndComeBack()
    {
        var random = new Random(12);
        Span<byte> address = stackalloc byte[16];
        Span<byte> back = stackalloc byte[16];
        Span<byte> text = stackalloc byte[IdentifierText.MaxTextBytes];
        for (int round = 0; round < 20_000; round++)
        {
            for (int group = 0; group < 8; group++)
            {
                int number = random.Next(3) switch { 0 => 0, 1 => random.Next(16), _ => random.Next(65536) };
                (address[2 * group], address[(2 * group) + 1]) = ((byte)(number >> 8), (byte)number);
            }

            int length = IdentifierText.Format(IdentifierForm.Ip, address, text);
            string written = Encoding.UTF8.GetString(text[..length]);
            Assert.Equal(address.ToArray(), IPAddress.Parse(written).MapToIPv6().GetAddressBytes());
            Assert.True(IdentifierText.TryParse(IdentifierForm.Ip, text[..length], back));
            Assert.True(address.SequenceEqual(back));
            if (address[0] != 0 || address[1] != 0) // the framework writes dots in addresses that begin with zeros
            {
                Assert.Equal(new IPAddress(address).ToString(), written);
            }
        }
    }

    [Theory]
    [InlineData("d4b8df8a002a938a9cd5f83e75ea76b6", IdentifierForm.Hex, 16)]
    [InlineData("01234567-89ab-cdef-0123-456789abcdef", IdentifierForm.Uuid, 16)]
    [InlineData("10.1.2.3", IdentifierForm.Ipv4, 4)]
    [InlineData("2001:db8::1", IdentifierForm.Ip, 16)]
    [InlineData("::", IdentifierForm.Ip, 16)]
    [InlineData("::1", IdentifierForm.Ip, 16)]
    [InlineData("fe80::", IdentifierForm.Ip, 16)]
    [InlineData("::ffff:1:2:3", IdentifierForm.Ip, 16)]
    [InlineData("2001:db8::1:0:0:1", IdentifierForm.Ip, 16)]
    [InlineData("2001:0:0:1::1", IdentifierForm.Ip, 16)]
    [InlineData("1:2:3:4:5:6:7:8", IdentifierForm.Ip, 16)]
    [InlineData("1:0:3:4:5:6:7:8", IdentifierForm.Ip, 16)]
    [InlineData("0:2:3:4:5:6:7:0", IdentifierForm.Ip, 16)]
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
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("2001:DB8::1")]
    [InlineData("2001:0db8::1")]
    [InlineData("2001:db8:0:0:0:0:0:1")]
    [InlineData("2001:db8::0:1")]
    [InlineData("1::3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("2001:db8:0:0:1::1")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:a00:1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("12345::")]
    public void TryRecognize_OtherText_Refuses(string text) =>
        Assert.False(IdentifierText.TryRecognize(Encoding.UTF8.GetBytes(text), out _, out _));
}
