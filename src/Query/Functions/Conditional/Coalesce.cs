using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Conditional;

/// <summary>The first argument that is not null (for strings: not empty).</summary>
internal sealed class Coalesce() : SignedFunction("coalesce(values:any+) -> any")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        ScalarType common = Branches.CommonType(Name, types);
        Array.Fill(types, common);
        return new Kernel(common, types);
    }

    private sealed class Kernel(ScalarType type, ScalarType[] types) : ElementwiseKernel(type, types)
    {
        protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            VectorBuilder output = VectorBuilder.Create(ResultType);
            for (int row = 0; row < rowCount; row++)
            {
                int choice = 0;
                while (choice < arguments.Length - 1 && IsMissing(arguments[choice], row))
                {
                    choice++;
                }

                output.AppendRow(arguments[choice], row);
            }

            return output.Build();
        }

        private static bool IsMissing(Vector argument, int row) =>
            argument is StringVector strings ? strings[row].IsEmpty : argument.IsNull(row);
    }
}
