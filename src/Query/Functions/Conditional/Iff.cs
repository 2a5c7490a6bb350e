using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Conditional;

/// <summary>One of two values by a condition; numbers are widened, values of no common type become dynamic.</summary>
internal sealed class Iff() : SignedFunction("iff(if:bool, then:any, else:any) -> any", "iif")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        ScalarType common = Branches.TryCommonType(types[1..]) ?? ScalarType.Dynamic;
        return new ChoiceKernel(common, [ScalarType.Bool, common, common]);
    }
}
