namespace Bongsu.Query.Functions.Network;

/// <summary>Whether an IPv4 address lies in one of several ranges.</summary>
internal sealed class Ipv4IsInAnyRange() : IpInAnyRangeFunction<Ipv4Family>("ipv4_is_in_any_range");
