using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>An explicit conversion of one argument of any type.</summary>
internal abstract class CastFunction : SignedFunction
{
    protected CastFunction(string signature, params string[] aliases)
        : base(signature, aliases)
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        Cast.Find(types[0], ResultType) ?? new ConstantKernel(Scalar.Null(ResultType), types[0]) as ScalarKernel;
}
