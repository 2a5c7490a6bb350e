namespace Bongsu.Query.Functions.Network;

/// <summary>An IPv4 address, masked.</summary>
internal sealed class FormatIpv4() : FormatIpv4Function(
    "format_ipv4(ip:any, prefix:long?) -> string", withPrefix: false);
