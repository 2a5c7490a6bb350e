using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>A function of two fixed-width values.</summary>
internal abstract class BinaryFunction<TLeft, TRight, TOut, TOperation> : SignedFunction
    where TLeft : unmanaged
    where TRight : unmanaged
    where TOut : unmanaged
    where TOperation : struct, IBinaryOperation<TLeft, TRight, TOut>
{
    protected BinaryFunction(string signature, params string[] aliases)
        : base(signature, aliases)
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new BinaryKernel<TLeft, TRight, TOut, TOperation>(ResultType, types[0], types[1]);
}
