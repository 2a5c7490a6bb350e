using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>==</c> and <c>!=</c> of any two types that can be compared.</summary>
/// <remarks>Two nulls give null; one null is unequal to everything else, so <c>null != 5</c> is true.</remarks>
internal abstract class EqualityOperator : SignedFunction
{
    private readonly bool _isNegated;

    protected EqualityOperator(string name, bool isNegated, params string[] aliases)
        : base($"{name}(left:any, right:any) -> bool", aliases)
    {
        _isNegated = isNegated;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        ScalarType common = CommonType.ForEquality(types[0], types[1])
            ?? throw new FunctionException($"{Name} cannot compare {types[0].Name()} with {types[1].Name()}", 1);
        return common switch
        {
            ScalarType.Bool => new FixedEqualityKernel<bool>(common, _isNegated),
            ScalarType.Int => new FixedEqualityKernel<int>(common, _isNegated),
            ScalarType.Real => new FixedEqualityKernel<double>(common, _isNegated),
            ScalarType.Decimal => new FixedEqualityKernel<decimal>(common, _isNegated),
            ScalarType.Guid => new FixedEqualityKernel<Guid>(common, _isNegated),
            ScalarType.String => new TextEqualityKernel(_isNegated),
            ScalarType.Dynamic => new DynamicEqualityKernel(_isNegated),
            _ => new FixedEqualityKernel<long>(common, _isNegated),
        };
    }
}
