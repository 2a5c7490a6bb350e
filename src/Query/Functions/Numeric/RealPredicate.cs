using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>A question about a real.</summary>
internal abstract class RealPredicate<TOperation> : UnaryFunction<double, bool, TOperation>
    where TOperation : struct, IUnaryOperation<double, bool>
{
    protected RealPredicate(string name)
        : base($"{name}(x:number) -> bool")
    {
    }
}
