using System.Net;

namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>The name of a sender: its address, without the port, which changes with every connection.</summary>
internal static class SenderAddress
{
    /// <summary>The address as text; IPv4 as such, also where it came through an IPv6 socket.</summary>
    public static string MapToIPv4IfPossible(this IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
