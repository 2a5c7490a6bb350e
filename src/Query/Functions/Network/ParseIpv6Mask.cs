namespace Bongsu.Query.Functions.Network;

/// <summary>An address in full IPv6 notation, masked.</summary>
internal sealed class ParseIpv6Mask() : ParseIpv6Function("parse_ipv6_mask(ip:string, prefix:long) -> string");
