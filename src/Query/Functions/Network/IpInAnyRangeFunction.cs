using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Network;

/// <summary>
/// Whether an address lies in one of several ranges, given one by one or as a dynamic array; null where it is no
/// address.
/// </summary>
internal abstract class IpInAnyRangeFunction<TFamily> : SignedFunction
    where TFamily : struct, IIpFamily
{
    protected IpInAnyRangeFunction(string name)
        : base($"{name}(ip:string, ranges:any+) -> bool")
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<bool>, Operation>(default, ScalarType.Bool, TextLists.CheckTypes(Name, types));

    private readonly struct Operation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output)
        {
            ReadOnlySpan<byte> ip = row.Text(0);
            if (!TFamily.TryParse(ip, out _, out _))
            {
                output.AppendNull();
                return;
            }

            bool isIn = false;
            for (int argument = 1; argument < row.Count && !isIn; argument++)
            {
                int count = TextLists.Count(row, argument);
                for (int index = 0; index < count && !isIn; index++)
                {
                    isIn = IpComparison.IsInRange<TFamily>(ip, TextLists.Item(row, argument, index)) == true;
                }
            }

            output.Append(isIn);
        }
    }
}
