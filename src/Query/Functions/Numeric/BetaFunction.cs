using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>A function of the beta distribution; NaN where an argument is out of range.</summary>
internal abstract class BetaFunction<TOperation> : RowFunction<FixedVectorBuilder<double>, TOperation>
    where TOperation : struct, IRowOperation<FixedVectorBuilder<double>>
{
    protected BetaFunction(string name, string first)
        : base($"{name}({first}:number, alpha:number, beta:number) -> real")
    {
    }
}
