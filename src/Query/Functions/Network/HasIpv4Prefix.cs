namespace Bongsu.Query.Functions.Network;

/// <summary>Whether a text holds an IPv4 address that begins with a prefix such as <c>10.1.</c>.</summary>
internal sealed class HasIpv4Prefix() : HasIpv4Function(
    "has_ipv4_prefix(source:string, prefix:string) -> bool", isPrefix: true);
