using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Functions.Network;

/// <summary>An IPv6 address with a prefix length; IPv4 addresses are mapped (<c>::ffff:a.b.c.d</c>, RFC 4291 section
/// 2.5.5.2).</summary>
/// <param name="Address">Big-endian number.</param>
/// <param name="Prefix">0 to 128; 128 where none is written.</param>
internal readonly record struct Ipv6(UInt128 Address, int Prefix)
{
    /// <summary>The mask of a prefix length.</summary>
    public static UInt128 Mask(int prefix) => prefix == 0 ? 0 : UInt128.MaxValue << (128 - prefix);

    /// <summary>Reads an address of either kind, perhaps with a prefix; an IPv4 prefix counts from bit 96 on.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Ipv6 ip)
    {
        text = text.Trim((byte)' ');
        ip = default;
        int lastColon = text.LastIndexOf((byte)':');
        if (text.Contains((byte)'.'))
        {
            bool isMapped = lastColon < 0 || text[..(lastColon + 1)].TrimStart("0:fF"u8).IsEmpty;
            bool isIpv4 = isMapped && Ipv4.TryParse(text[(lastColon + 1)..], out Ipv4 ipv4);
            ip = isIpv4 && Ipv4.TryParse(text[(lastColon + 1)..], out ipv4)
                ? new Ipv6(((UInt128)0xFFFF << 32) | ipv4.Address, ipv4.Prefix + 96)
                : default;
            return isIpv4;
        }

        int prefix = 128;
        int slash = text.IndexOf((byte)'/');
        if (slash >= 0)
        {
            bool isNumber = LongParser.TryParse(text[(slash + 1)..], out long number) && number is >= 0 and <= 128;
            if (!isNumber)
            {
                return false;
            }

            prefix = (int)number;
            text = text[..slash];
        }

        Span<byte> bytes = stackalloc byte[16];
        Span<char> chars = stackalloc char[48];
        bool isAddress = lastColon >= 0 && text.Length <= chars.Length && !text.ContainsAny("%[]"u8)
            && System.Text.Ascii.ToUtf16(text, chars, out int written) == OperationStatus.Done
            && IPAddress.TryParse(chars[..written], out IPAddress? address)
            && address.AddressFamily == AddressFamily.InterNetworkV6
            && address.TryWriteBytes(bytes, out _);
        ip = isAddress ? new Ipv6(BinaryPrimitives.ReadUInt128BigEndian(bytes), prefix) : default;
        return isAddress;
    }

    /// <summary>All eight groups of four digits.</summary>
    public static string Format(UInt128 address)
    {
        string digits = address.ToString("x32", CultureInfo.InvariantCulture);
        return string.Join(':', Enumerable.Range(0, 8).Select(group => digits.Substring(group * 4, 4)));
    }
}
