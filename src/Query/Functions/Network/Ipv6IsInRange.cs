namespace Bongsu.Query.Functions.Network;

/// <summary>Whether an IPv6 address lies in a range.</summary>
internal sealed class Ipv6IsInRange() : IpMatchFunction<Ipv6Family>(
    "ipv6_is_in_range(ip:string, range:string) -> bool");
