namespace Bongsu.Query.Functions.Network;

/// <summary>An address in full IPv6 notation.</summary>
internal sealed class ParseIpv6() : ParseIpv6Function("parse_ipv6(ip:string) -> string");
