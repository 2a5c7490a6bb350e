namespace Bongsu.Query.Functions.Network;

/// <summary>Whether an IPv6 address lies in one of several ranges.</summary>
internal sealed class Ipv6IsInAnyRange() : IpInAnyRangeFunction<Ipv6Family>("ipv6_is_in_any_range");
