namespace Bongsu.Query.Functions.Network;

/// <summary>Whether two IPv6 or IPv4 addresses are the same under the shortest of the prefixes.</summary>
internal sealed class Ipv6IsMatch() : IpMatchFunction<Ipv6Family>(
    "ipv6_is_match(ip1:string, ip2:string, prefix:long?) -> bool");
