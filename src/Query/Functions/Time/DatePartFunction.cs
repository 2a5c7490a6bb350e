using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>An int out of a datetime.</summary>
internal abstract class DatePartFunction<TOperation> : UnaryFunction<long, int, TOperation>
    where TOperation : struct, IUnaryOperation<long, int>
{
    protected DatePartFunction(string name, params string[] aliases)
        : base($"{name}(date:datetime) -> int", aliases)
    {
    }
}
