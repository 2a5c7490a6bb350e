using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Conditional;

/// <summary>A question about nulls and emptiness; never null itself.</summary>
internal abstract class NullTest : SignedFunction
{
    private readonly bool _countsEmpty;
    private readonly bool _isNegated;

    /// <param name="name">The function.</param>
    /// <param name="countsEmpty">The empty string counts as missing.</param>
    /// <param name="isNegated">True where the question is whether something is there.</param>
    /// <param name="aliases">Other names.</param>
    protected NullTest(string name, bool countsEmpty, bool isNegated, params string[] aliases)
        : base($"{name}(value:any) -> bool", aliases)
    {
        _countsEmpty = countsEmpty;
        _isNegated = isNegated;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new Kernel(_countsEmpty, _isNegated, types[0]);

    private sealed class Kernel(bool countsEmpty, bool isNegated, ScalarType type) : ElementwiseKernel(ScalarType.Bool, type)
    {
        protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            Vector argument = arguments[0];
            bool mayBeMissing = argument.HasNulls || (countsEmpty && argument.Type is ScalarType.String or ScalarType.Dynamic);
            if (!mayBeMissing)
            {
                return FixedVector<bool>.Constant(ScalarType.Bool, isNegated, isNull: false, rowCount);
            }

            bool[] results = new bool[rowCount];
            for (int row = 0; row < rowCount; row++)
            {
                results[row] = IsMissing(argument, row) != isNegated;
            }

            return new FixedVector<bool>(ScalarType.Bool, results, rowCount);
        }

        private bool IsMissing(Vector argument, int row)
        {
            if (!countsEmpty)
            {
                return argument.IsNull(row);
            }

            return argument switch
            {
                StringVector strings => strings[row].IsEmpty,
                DynamicVector dynamics => dynamics[row] is { Kind: DynamicKind.Null } or { Kind: DynamicKind.String, Bytes.Length: 1 },
                _ => argument.IsNull(row),
            };
        }
    }
}
