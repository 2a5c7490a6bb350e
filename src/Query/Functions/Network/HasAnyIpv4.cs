namespace Bongsu.Query.Functions.Network;

/// <summary>Whether a text holds one of some IPv4 addresses.</summary>
internal sealed class HasAnyIpv4() : HasIpv4Function("has_any_ipv4(source:string, ips:any+) -> bool", isPrefix: false);
