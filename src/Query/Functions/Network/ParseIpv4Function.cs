using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Network;

/// <summary>An IPv4 address as a number, with the bits behind the shortest prefix cleared; null where it is
/// none.</summary>
internal abstract class ParseIpv4Function : SignedFunction
{
    protected ParseIpv4Function(string signature)
        : base(signature)
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<long>, Operation>(default, ScalarType.Long, types);

    private readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            long prefix = row.Count > 1 ? row.Long(1) : 32;
            if (prefix is >= 0 and <= 32 && Ipv4.TryParse(row.Text(0), out Ipv4 ip))
            {
                output.Append(ip.Address & Ipv4.Mask((int)Math.Min(prefix, ip.Prefix)));
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
