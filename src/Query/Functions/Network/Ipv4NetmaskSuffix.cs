using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Network;

/// <summary>The prefix length of an IPv4 address; 32 where none is written, null where it is no address.</summary>
internal sealed class Ipv4NetmaskSuffix() : RowFunction<FixedVectorBuilder<long>, Ipv4NetmaskSuffix.Operation>(
    "ipv4_netmask_suffix(ip:string) -> long")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            if (Ipv4.TryParse(row.Text(0), out Ipv4 ip))
            {
                output.Append(ip.Prefix);
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
