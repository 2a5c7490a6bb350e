using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>A random guid, another in each row.</summary>
internal sealed class NewGuid() : SignedFunction("new_guid() -> guid")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => new Kernel();

    private sealed class Kernel() : ScalarKernel(ScalarType.Guid)
    {
        public override bool IsDeterministic => false;

        public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            var guids = new Guid[rowCount];
            for (int row = 0; row < rowCount; row++)
            {
                guids[row] = Guid.NewGuid();
            }

            return new FixedVector<Guid>(ScalarType.Guid, guids, rowCount);
        }
    }
}
