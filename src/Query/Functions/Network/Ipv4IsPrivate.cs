using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Network;

/// <summary>Whether an IPv4 address (or the whole of a range) is private by RFC 1918; null where it is none.</summary>
internal sealed class Ipv4IsPrivate() : RowFunction<FixedVectorBuilder<bool>, Ipv4IsPrivate.Operation>(
    "ipv4_is_private(ip:string) -> bool")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output)
        {
            if (!Ipv4.TryParse(row.Text(0), out Ipv4 ip))
            {
                output.AppendNull();
                return;
            }

            output.Append(IsWithin(ip, 0x0A000000, 8) || IsWithin(ip, 0xAC100000, 12) || IsWithin(ip, 0xC0A80000, 16));
        }

        private static bool IsWithin(Ipv4 ip, uint network, int prefix) =>
            ip.Prefix >= prefix && (ip.Address & Ipv4.Mask(prefix)) == network;
    }
}
