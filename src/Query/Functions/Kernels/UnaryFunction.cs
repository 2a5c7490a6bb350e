using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>A function of one fixed-width value.</summary>
internal abstract class UnaryFunction<TIn, TOut, TOperation> : SignedFunction
    where TIn : unmanaged
    where TOut : unmanaged
    where TOperation : struct, IUnaryOperation<TIn, TOut>
{
    protected UnaryFunction(string signature, params string[] aliases)
        : base(signature, aliases)
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new UnaryKernel<TIn, TOut, TOperation>(ResultType, types[0]);
}
