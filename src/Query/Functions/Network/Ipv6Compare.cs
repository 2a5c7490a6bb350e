namespace Bongsu.Query.Functions.Network;

/// <summary>-1, 0 or 1 for two IPv6 or IPv4 addresses, under the shortest of the prefixes.</summary>
internal sealed class Ipv6Compare() : IpCompareFunction<Ipv6Family>("ipv6_compare");
