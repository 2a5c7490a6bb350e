using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>A function that is one stateless row operation.</summary>
internal abstract class RowFunction<TOutput, TOperation> : SignedFunction
    where TOutput : VectorBuilder
    where TOperation : struct, IRowOperation<TOutput>
{
    protected RowFunction(string signature, params string[] aliases)
        : base(signature, aliases)
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<TOutput, TOperation>(default, ResultType, types);
}
