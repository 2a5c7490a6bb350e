using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>A function of the bits of two integers.</summary>
internal abstract class BitFunction<TOperation> : BinaryFunction<long, long, long, TOperation>
    where TOperation : struct, IBinaryOperation<long, long, long>
{
    protected BitFunction(string name, string left = "left", string right = "right")
        : base($"{name}({left}:long, {right}:long) -> long")
    {
    }
}
