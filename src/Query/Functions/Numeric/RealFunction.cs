using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>A function of one real; the operation says for which values it is null.</summary>
internal abstract class RealFunction<TOperation> : UnaryFunction<double, double, TOperation>
    where TOperation : struct, IUnaryOperation<double, double>
{
    protected RealFunction(string name, string parameter = "x")
        : base($"{name}({parameter}:number) -> real")
    {
    }
}
