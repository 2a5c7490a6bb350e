namespace Bongsu.Query.Functions.Network;

/// <summary>-1, 0 or 1 for two IPv4 addresses, under the shortest of the prefixes.</summary>
internal sealed class Ipv4Compare() : IpCompareFunction<Ipv4Family>("ipv4_compare");
