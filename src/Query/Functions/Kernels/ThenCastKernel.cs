using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>A kernel whose text is converted afterwards; constant arguments that only chose the type are passed
/// over.</summary>
internal sealed class ThenCastKernel : ScalarKernel
{
    private readonly ScalarKernel _inner;
    private readonly ScalarKernel _cast;

    public ThenCastKernel(ScalarKernel inner, ScalarType type, ScalarType[] parameterTypes)
        : base(type, parameterTypes)
    {
        _inner = inner;
        _cast = Cast.Find(inner.ResultType, type) ?? new ConstantKernel(Scalar.Null(type), inner.ResultType);
    }

    public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context) =>
        _cast.Evaluate([_inner.Evaluate(arguments[.._inner.ParameterTypes.Count], rowCount, context)], rowCount, context);
}
