using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>The same value whatever the arguments.</summary>
internal sealed class ConstantKernel : ScalarKernel
{
    private readonly Scalar _value;

    public ConstantKernel(Scalar value, params ScalarType[] parameterTypes)
        : base(value.Type, parameterTypes)
    {
        _value = value;
    }

    public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context) =>
        Vector.Constant(_value, rowCount);
}
