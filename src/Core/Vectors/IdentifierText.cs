using System.Buffers;
using System.Buffers.Binary;
using Bongsu.Core.Templates;

namespace Bongsu.Core.Vectors;

/// <summary>Identifiers and addresses between text and bytes. Only text that comes back exactly is taken.</summary>
public static class IdentifierText
{
    /// <summary>Fewest digits of hexadecimal text that is taken for an identifier.</summary>
    public const int MinHexDigits = 8;

    /// <summary>Most digits.</summary>
    public const int MaxHexDigits = 128;

    /// <summary>Most bytes of text of any form.</summary>
    public const int MaxTextBytes = MaxHexDigits;

    private const int UuidTextBytes = 36;
    private const int UuidBytes = 16;
    private const int MaxIpv4TextBytes = 15;

    /// <summary>Guesses the form of a column by one of its values.</summary>
    /// <param name="text">A value.</param>
    /// <param name="form">Its form.</param>
    /// <param name="widthBytes">Bytes of the binary.</param>
    public static bool TryRecognize(ReadOnlySpan<byte> text, out IdentifierForm form, out int widthBytes)
    {
        Span<byte> binary = stackalloc byte[MaxHexDigits / 2];
        bool isHexLength = text.Length is >= MinHexDigits and <= MaxHexDigits && (text.Length & 1) == 0;
        (form, widthBytes) = text.Length == UuidTextBytes && text[8] == '-' ? (IdentifierForm.Uuid, UuidBytes)
            : text.Length <= IpText.MaxTextBytes && text.Contains((byte)':') ? (IdentifierForm.Ip, IpText.AddressBytes)
            : text.Length <= MaxIpv4TextBytes && text.Contains((byte)'.') ? (IdentifierForm.Ipv4, 4)
            : (IdentifierForm.Hex, text.Length / 2);
        return (form != IdentifierForm.Hex || isHexLength) && TryParse(form, text, binary[..widthBytes]);
    }

    /// <summary>Most bytes of text for a binary of so many bytes.</summary>
    public static int MaxLength(IdentifierForm form, int widthBytes) => form switch
    {
        IdentifierForm.Uuid => UuidTextBytes,
        IdentifierForm.Ipv4 => MaxIpv4TextBytes,
        IdentifierForm.Ip => IpText.MaxTextBytes,
        _ => 2 * widthBytes,
    };

    /// <summary>Whether all texts of a form and width have one length.</summary>
    public static bool IsOneLength(IdentifierForm form) => form is IdentifierForm.Hex or IdentifierForm.Uuid;

    /// <summary>Whether a form has binaries of so many bytes.</summary>
    public static bool IsWidth(IdentifierForm form, int widthBytes) => form switch
    {
        IdentifierForm.Hex => widthBytes is >= MinHexDigits / 2 and <= MaxHexDigits / 2,
        IdentifierForm.Uuid => widthBytes == UuidBytes,
        IdentifierForm.Ipv4 => widthBytes == 4,
        IdentifierForm.Ip => widthBytes == IpText.AddressBytes,
        _ => false,
    };

    /// <summary>The bytes a text stands for; false where it is not exactly of the form and width.</summary>
    public static bool TryParse(IdentifierForm form, ReadOnlySpan<byte> text, Span<byte> binary) => form switch
    {
        IdentifierForm.Hex => text.Length == 2 * binary.Length && TryParseHex(text, binary),
        IdentifierForm.Uuid => text.Length == UuidTextBytes && TryParseUuid(text, binary),
        IdentifierForm.Ip => IpText.TryParse(text, binary),
        _ => TryParseIpv4(text, binary),
    };

    /// <summary>Writes the text; returns its bytes.</summary>
    public static int Format(IdentifierForm form, ReadOnlySpan<byte> binary, Span<byte> text)
    {
        switch (form)
        {
            case IdentifierForm.Hex:
                Convert.TryToHexStringLower(binary, text, out int written);
                return written;
            case IdentifierForm.Uuid:
                Span<byte> digits = stackalloc byte[2 * UuidBytes];
                Convert.TryToHexStringLower(binary, digits, out _);
                digits[..8].CopyTo(text);
                digits.Slice(8, 4).CopyTo(text[9..]);
                digits.Slice(12, 4).CopyTo(text[14..]);
                digits.Slice(16, 4).CopyTo(text[19..]);
                digits[20..].CopyTo(text[24..]);
                text[8] = text[13] = text[18] = text[23] = (byte)'-';
                return UuidTextBytes;
            case IdentifierForm.Ip:
                return IpText.Format(binary, text);
            default:
                return VariableText.Format(VariableKind.Ipv4, 0, BinaryPrimitives.ReadUInt32BigEndian(binary), text);
        }
    }

    private static bool TryParseHex(ReadOnlySpan<byte> text, Span<byte> binary) =>
        !text.ContainsAnyInRange((byte)'A', (byte)'F') &&
        Convert.FromHexString(text, binary, out _, out _) == OperationStatus.Done;

    private static bool TryParseUuid(ReadOnlySpan<byte> text, Span<byte> binary)
    {
        if (text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[2 * UuidBytes];
        text[..8].CopyTo(digits);
        text.Slice(9, 4).CopyTo(digits[8..]);
        text.Slice(14, 4).CopyTo(digits[12..]);
        text.Slice(19, 4).CopyTo(digits[16..]);
        text[24..].CopyTo(digits[20..]);
        return TryParseHex(digits, binary);
    }

    private static bool TryParseIpv4(ReadOnlySpan<byte> text, Span<byte> binary)
    {
        bool isAddress = VariableText.TryParse(VariableKind.Ipv4, 0, text, out long address);
        BinaryPrimitives.WriteUInt32BigEndian(binary, (uint)address);
        return isAddress;
    }
}
