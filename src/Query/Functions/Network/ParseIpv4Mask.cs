namespace Bongsu.Query.Functions.Network;

/// <summary>An IPv4 address as a number, masked.</summary>
internal sealed class ParseIpv4Mask() : ParseIpv4Function("parse_ipv4_mask(ip:string, prefix:long) -> long");
