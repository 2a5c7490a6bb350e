using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Windows;

/// <summary>A value of a row some places before or after; a default, or null, where there is none.</summary>
internal abstract class NeighbourFunction : SignedFunction
{
    private readonly int _direction;

    protected NeighbourFunction(string name, int direction)
        : base($"{name}(column:any, offset:long?, default:any?) -> any")
    {
        _direction = direction;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        if (types.Length > 2)
        {
            types[2] = Cast.Find(types[2], types[0]) is null
                ? throw new FunctionException($"{Name}() has a default of type {types[2].Name()} for a column of type {types[0].Name()}", 2)
                : types[0];
        }

        return new Kernel(_direction, types);
    }

    private sealed class Kernel(int direction, ScalarType[] types) : WindowKernel(types[0], types)
    {
        public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            VectorBuilder output = VectorBuilder.Create(ResultType);
            for (int row = 0; row < rowCount; row++)
            {
                long offset = arguments.Length > 1 ? ((FixedVector<long>)arguments[1])[row] : 1;
                Int128 source = row + ((Int128)offset * direction);
                if (source >= 0 && source < rowCount)
                {
                    output.AppendRow(arguments[0], (int)source);
                }
                else if (arguments.Length > 2)
                {
                    output.AppendRow(arguments[2], row);
                }
                else
                {
                    output.AppendNull();
                }
            }

            return output.Build();
        }
    }
}
