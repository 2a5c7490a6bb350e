using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>A random real in 0 … 1, or a whole number from 0 below a limit; another in each row.</summary>
internal sealed class Rand() : SignedFunction("rand(limit:long?) -> real")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => new Kernel(types);

    private sealed class Kernel(ScalarType[] types) : ScalarKernel(ScalarType.Real, types)
    {
        public override bool IsDeterministic => false;

        public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            double[] values = new double[rowCount];
            for (int row = 0; row < rowCount; row++)
            {
                long limit = arguments.Length > 0 ? ((FixedVector<long>)arguments[0])[row] : 0;
                values[row] = limit > 1 ? Random.Shared.NextInt64(limit) : Random.Shared.NextDouble();
            }

            return new FixedVector<double>(ScalarType.Real, values, rowCount);
        }
    }
}
