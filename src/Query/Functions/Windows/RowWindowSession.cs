using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Windows;

/// <summary>The time the session of a row began: one ends by its length, by a gap between neighbours, or where a
/// condition holds.</summary>
internal sealed class RowWindowSession() : SignedFunction(
    "row_window_session(time:datetime, max_from_first:timespan, max_between:timespan, restart:bool?) -> datetime")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => new Kernel(types);

    private sealed class Kernel(ScalarType[] types) : WindowKernel(ScalarType.DateTime, types)
    {
        public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            var time = (FixedVector<long>)arguments[0];
            var output = new FixedVectorBuilder<long>(ScalarType.DateTime);
            long? first = null;
            long last = 0;
            for (int row = 0; row < rowCount; row++)
            {
                if (time.IsNull(row))
                {
                    output.AppendNull();
                    continue;
                }

                long now = time[row];
                bool continues = first is not null && !Restarts(arguments, 3, row)
                    && now - first.Value <= ((FixedVector<long>)arguments[1])[row]
                    && now - last <= ((FixedVector<long>)arguments[2])[row];
                first = continues ? first : now;
                last = now;
                output.Append(first!.Value);
            }

            return output.Build();
        }
    }
}
