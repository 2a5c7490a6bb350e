using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>π.</summary>
internal sealed class Pi() : SignedFunction("pi() -> real")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new ConstantKernel(Scalar.Of(Math.PI));
}
