namespace Bongsu.Query.Functions.Network;

/// <summary>An IPv4 address, masked, with its prefix.</summary>
internal sealed class FormatIpv4Mask() : FormatIpv4Function(
    "format_ipv4_mask(ip:any, prefix:long?) -> string", withPrefix: true);
