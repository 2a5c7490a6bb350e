namespace Bongsu.Query.Functions.Network;

/// <summary>Whether a text holds an IPv4 address that begins with one of some prefixes.</summary>
internal sealed class HasAnyIpv4Prefix() : HasIpv4Function(
    "has_any_ipv4_prefix(source:string, prefixes:any+) -> bool", isPrefix: true);
