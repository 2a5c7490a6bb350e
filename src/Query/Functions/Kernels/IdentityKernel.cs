using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>Gives its argument back.</summary>
internal sealed class IdentityKernel : ScalarKernel
{
    public IdentityKernel(ScalarType type)
        : base(type, type)
    {
    }

    public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context) => arguments[0];
}
