using System.Buffers.Binary;
using System.Buffers.Text;
using Bongsu.Core.Templates;

namespace Bongsu.Core.Vectors;

/// <summary>IP addresses of either version between text and sixteen bytes. Only text that comes back exactly is taken:
/// IPv6 as RFC 5952 section 4 writes it, IPv4 (mapped, RFC 4291 section 2.5.5.2) in dotted decimal.</summary>
/// <remarks>IPv6 text with dots (<c>::ffff:10.0.0.1</c>, RFC 5952 section 5) is not taken: those bytes stand for the IPv4
/// text.</remarks>
internal static class IpText
{
    /// <summary>Bytes of an address.</summary>
    public const int AddressBytes = 16;

    /// <summary>Most bytes of text.</summary>
    public const int MaxTextBytes = 39;

    private const int Groups = 8;
    private const int GroupBytes = 2;
    private const int MaxGroupDigits = 4;
    private const int MappedBytes = 12;

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    /// <summary>The bytes of an address; false where the text is none or would not come back exactly.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="address">Sixteen bytes.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> address)
    {
        if (text.Length > MaxTextBytes)
        {
            return false;
        }

        if (text.IndexOf((byte)':') < 0)
        {
            bool isAddress = VariableText.TryParse(VariableKind.Ipv4, 0, text, out long number);
            MappedPrefix.CopyTo(address);
            BinaryPrimitives.WriteUInt32BigEndian(address[MappedBytes..], (uint)number);
            return isAddress;
        }

        Span<byte> back = stackalloc byte[MaxTextBytes];
        return TryParseGroups(text, address) && text.SequenceEqual(back[..Format(address, back)]);
    }

    /// <summary>Writes the text of sixteen bytes (room for <see cref="MaxTextBytes"/>); returns its bytes.</summary>
    public static int Format(ReadOnlySpan<byte> address, Span<byte> text)
    {
        if (address.StartsWith(MappedPrefix))
        {
            return VariableText.Format(VariableKind.Ipv4, 0, BinaryPrimitives.ReadUInt32BigEndian(address[MappedBytes..]), text);
        }

        (int zeros, int zeroCount) = LongestZeros(address);
        int length = 0;
        for (int group = 0; group < Groups; group++)
        {
            if (group == zeros)
            {
                text[length++] = (byte)':';
                group += zeroCount - 1;
                if (group == Groups - 1)
                {
                    text[length++] = (byte)':';
                }

                continue;
            }

            if (group > 0)
            {
                text[length++] = (byte)':';
            }

            Utf8Formatter.TryFormat(GroupAt(address, group), text[length..], out int digits, 'x');
            length += digits;
        }

        return length;
    }

    // Groups of up to four digits, "::" once; how many zeros stand where is the affair of the comparison.
    private static bool TryParseGroups(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int gap = -1;
        int count = 0;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            if (count == Groups || !Utf8Parser.TryParse(text, out ushort group, out int digits, 'x') || digits > MaxGroupDigits)
            {
                return false;
            }

            BinaryPrimitives.WriteUInt16BigEndian(address[(GroupBytes * count++)..], group);
            text = text[digits..];
            if (text.StartsWith("::"u8) && gap < 0)
            {
                gap = count;
                text = text[2..];
            }
            else if (text.Length > 1 && text[0] == ':')
            {
                text = text[1..];
            }
            else if (!text.IsEmpty)
            {
                return false;
            }
        }

        if (gap < 0)
        {
            return count == Groups;
        }

        int behind = GroupBytes * (count - gap);
        address[(GroupBytes * gap)..(GroupBytes * count)].CopyTo(address[(AddressBytes - behind)..]);
        address[(GroupBytes * gap)..(AddressBytes - behind)].Clear();
        return count < Groups;
    }

    // The first of the longest runs of two and more.
    private static (int First, int Count) LongestZeros(ReadOnlySpan<byte> address)
    {
        (int First, int Count) longest = (-1, 1);
        int run = 0;
        for (int group = 0; group < Groups; group++)
        {
            run = GroupAt(address, group) == 0 ? run + 1 : 0;
            if (run > longest.Count)
            {
                longest = (group - run + 1, run);
            }
        }

        return longest;
    }

    private static ushort GroupAt(ReadOnlySpan<byte> address, int group) =>
        BinaryPrimitives.ReadUInt16BigEndian(address[(GroupBytes * group)..]);
}
