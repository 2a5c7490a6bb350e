namespace Bongsu.Core.Vectors;

/// <summary>Text that stands for a few bytes. The numbers are persisted and frozen.</summary>
public enum IdentifierForm : byte
{
    /// <summary>Lower-case hexadecimal digits of one even number.</summary>
    Hex = 0,

    /// <summary>Lower-case UUID text (RFC 9562), <c>8-4-4-4-12</c>: sixteen bytes in the order of the text.</summary>
    Uuid = 1,

    /// <summary>An IPv4 address as four decimal numbers without leading zeros: four bytes in the order of the text.</summary>
    Ipv4 = 2,

    /// <summary>IP addresses of either version: IPv6 as RFC 5952 section 4 writes it, IPv4 as mapped address: sixteen
    /// bytes.</summary>
    Ip = 3,
}
