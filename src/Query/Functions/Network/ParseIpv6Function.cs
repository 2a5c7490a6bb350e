using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Network;

/// <summary>
/// An IPv6 or IPv4 address in full IPv6 notation, with the bits behind the shortest prefix cleared; empty where it is
/// none.
/// </summary>
internal abstract class ParseIpv6Function : SignedFunction
{
    protected ParseIpv6Function(string signature)
        : base(signature)
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<StringVectorBuilder, Operation>(default, ScalarType.String, types);

    private readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            long prefix = row.Count > 1 ? row.Long(1) : 128;
            if (prefix is >= 0 and <= 128 && Ipv6.TryParse(row.Text(0), out Ipv6 ip))
            {
                output.Append(Ipv6.Format(ip.Address & Ipv6.Mask((int)Math.Min(prefix, ip.Prefix))));
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
