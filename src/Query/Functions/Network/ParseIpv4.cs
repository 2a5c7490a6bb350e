namespace Bongsu.Query.Functions.Network;

/// <summary>An IPv4 address as a number.</summary>
internal sealed class ParseIpv4() : ParseIpv4Function("parse_ipv4(ip:string) -> long");
