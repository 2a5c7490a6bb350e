using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary>
/// <c>between (a .. b)</c> and its negation, both ends included; for a datetime the upper end may be a timespan from
/// the lower.
/// </summary>
internal abstract class BetweenOperator : SignedFunction
{
    private readonly bool _isNegated;

    protected BetweenOperator(string name)
        : base($"{name}(value:any, low:any, high:any) -> bool")
    {
        _isNegated = name[0] == '!';
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        (ScalarType value, ScalarType low, ScalarType high) = (types[0], types[1], types[2]);
        ScalarType known = value != ScalarType.Dynamic ? value : low != ScalarType.Dynamic ? low : high;
        (value, low, high) = (Known(value, known), Known(low, known), Known(high, known));
        if (value.IsNumeric() && low.IsNumeric() && high.IsNumeric())
        {
            ScalarType common = CommonType.OfNumbers(CommonType.OfNumbers(value, low), high);
            return common switch
            {
                ScalarType.Real => new Kernel<double>(_isNegated, false, common, common),
                ScalarType.Decimal => new Kernel<decimal>(_isNegated, false, common, common),
                _ => new Kernel<long>(_isNegated, false, ScalarType.Long, ScalarType.Long),
            };
        }

        if ((value == ScalarType.TimeSpan && low == value && high == value)
            || (value == ScalarType.DateTime && low == value && high is ScalarType.DateTime or ScalarType.TimeSpan))
        {
            return new Kernel<long>(_isNegated, high != value, value, high);
        }

        throw new FunctionException($"{Name} is not defined for {types[0].Name()}, {types[1].Name()} and {types[2].Name()}");
    }

    private static ScalarType Known(ScalarType type, ScalarType other) => type != ScalarType.Dynamic ? type
        : other == ScalarType.Dynamic ? ScalarType.Real : other;

    private sealed class Kernel<T>(bool isNegated, bool isSpan, ScalarType type, ScalarType highType)
        : ElementwiseKernel(ScalarType.Bool, type, type, highType)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            var value = (FixedVector<T>)arguments[0];
            var low = (FixedVector<T>)arguments[1];
            var high = (FixedVector<T>)arguments[2];
            bool[] results = GC.AllocateUninitializedArray<bool>(rowCount);
            for (int row = 0; row < results.Length; row++)
            {
                T top = isSpan ? low[row] + high[row] : high[row];
                results[row] = (value[row] >= low[row] && value[row] <= top) != isNegated;
            }

            var nulls = new NullTracker(null, rowCount);
            bool mayBeNull = value.HasNulls || low.HasNulls || high.HasNulls;
            for (int row = 0; mayBeNull && row < rowCount; row++)
            {
                if (value.IsNull(row) || low.IsNull(row) || high.IsNull(row))
                {
                    nulls.SetNull(row);
                }
            }

            return nulls.Finish(ScalarType.Bool, results, rowCount);
        }
    }
}
