namespace Bongsu.Query.Functions.Network;

/// <summary>Whether a text holds an IPv4 address.</summary>
internal sealed class HasIpv4() : HasIpv4Function("has_ipv4(source:string, ip:string) -> bool", isPrefix: false);
