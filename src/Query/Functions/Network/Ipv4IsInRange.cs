namespace Bongsu.Query.Functions.Network;

/// <summary>Whether an IPv4 address lies in a range.</summary>
internal sealed class Ipv4IsInRange() : IpMatchFunction<Ipv4Family>(
    "ipv4_is_in_range(ip:string, range:string) -> bool");
