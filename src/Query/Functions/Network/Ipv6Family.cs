namespace Bongsu.Query.Functions.Network;

/// <summary>IPv6, with IPv4 mapped into it.</summary>
internal readonly struct Ipv6Family : IIpFamily
{
    public static int Bits => 128;

    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 address, out int prefix)
    {
        bool isAddress = Ipv6.TryParse(text, out Ipv6 ip);
        (address, prefix) = (ip.Address, ip.Prefix);
        return isAddress;
    }
}
