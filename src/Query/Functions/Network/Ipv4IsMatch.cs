namespace Bongsu.Query.Functions.Network;

/// <summary>Whether two IPv4 addresses are the same under the shortest of the prefixes.</summary>
internal sealed class Ipv4IsMatch() : IpMatchFunction<Ipv4Family>(
    "ipv4_is_match(ip1:string, ip2:string, prefix:long?) -> bool");
