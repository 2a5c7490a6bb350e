namespace Bongsu.Query.Functions.Network;

/// <summary>IPv4.</summary>
internal readonly struct Ipv4Family : IIpFamily
{
    public static int Bits => 32;

    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 address, out int prefix)
    {
        bool isAddress = Ipv4.TryParse(text, out Ipv4 ip);
        (address, prefix) = (ip.Address, ip.Prefix);
        return isAddress;
    }
}
