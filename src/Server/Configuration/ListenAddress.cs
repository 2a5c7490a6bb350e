using System.Net;

namespace Bongsu.Server.Configuration;

/// <summary>An address and port to listen on: <c>127.0.0.1:7600</c>, <c>[::1]:7600</c>, <c>localhost:0</c>,
/// <c>*:7600</c>.</summary>
/// <param name="Address">IP address.</param>
/// <param name="Port">0 lets the system choose.</param>
internal readonly record struct ListenAddress(IPAddress Address, int Port)
{
    /// <summary>True where only this machine can connect.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads an address; false where the text is none.</summary>
    public static bool TryParse(string text, out ListenAddress address)
    {
        address = default;
        int colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text.AsSpan(colon + 1), out int port) || port is < 0 or > 65535)
        {
            return false;
        }

        string host = text[..colon].Trim('[', ']');
        IPAddress? ip = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" or "" => IPAddress.Any,
            _ => IPAddress.TryParse(host, out IPAddress? parsed) ? parsed : null,
        };
        if (ip is null)
        {
            return false;
        }

        address = new ListenAddress(ip, port);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
