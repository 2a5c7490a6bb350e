using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Network;

/// <summary>-1, 0 or 1 for two addresses.</summary>
internal abstract class IpCompareFunction<TFamily> : SignedFunction
    where TFamily : struct, IIpFamily
{
    protected IpCompareFunction(string name)
        : base($"{name}(ip1:string, ip2:string, prefix:long?) -> long")
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<long>, Operation>(default, ScalarType.Long, types);

    private readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            if (IpComparison.Compare<TFamily>(row.Text(0), row.Text(1), row.Count > 2 ? row.Long(2) : TFamily.Bits) is int order)
            {
                output.Append(order);
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
