using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Network;

/// <summary>Whether two addresses are the same under the shortest prefix.</summary>
internal abstract class IpMatchFunction<TFamily> : SignedFunction
    where TFamily : struct, IIpFamily
{
    protected IpMatchFunction(string signature)
        : base(signature)
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<bool>, Operation>(default, ScalarType.Bool, types);

    private readonly struct Operation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output)
        {
            if (IpComparison.Compare<TFamily>(row.Text(0), row.Text(1), row.Count > 2 ? row.Long(2) : TFamily.Bits) is int order)
            {
                output.Append(order == 0);
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
