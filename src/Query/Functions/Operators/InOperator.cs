using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.DynamicValues;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>in</c>, <c>in~</c> and their negations: equal to any (to none) of scalars or of the elements of dynamic
/// arrays.</summary>
/// <remarks>Follows a chain of <c>==</c> with or (<c>!=</c> with and): a null is in a list with a null as null
/// only.</remarks>
internal abstract class InOperator : SignedFunction
{
    /// <summary>Most values a list may have, as documented.</summary>
    private const int MaxValues = 1_000_000;

    private readonly bool _ignoreCase;
    private readonly bool _isNegated;

    protected InOperator(string name)
        : base($"{name}(value:any, list:any*) -> bool")
    {
        _isNegated = name[0] == '!';
        _ignoreCase = name[^1] == '~';
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        if (arguments.Skip(1).All(argument => argument.Constant is not null))
        {
            List<Scalar> values = Flatten(arguments.Skip(1).Select(argument => argument.Constant!.Value));
            if (values.Count > MaxValues)
            {
                throw new FunctionException($"a list of {values.Count} values; at most {MaxValues} are allowed", 1);
            }

            return OfConstants(types, values);
        }

        return new ListKernel(types, _ignoreCase, _isNegated);
    }

    private static List<Scalar> Flatten(IEnumerable<Scalar> arguments)
    {
        List<Scalar> values = [];
        foreach (Scalar argument in arguments)
        {
            if (argument.Value is byte[] encoded && new DynamicReader(encoded) is { Kind: DynamicKind.Array } array)
            {
                for (int index = 0; index < array.Count; index++)
                {
                    values.Add(DynamicScalar.Unwrap(array.ElementAt(index)));
                }
            }
            else
            {
                values.Add(argument);
            }
        }

        return values;
    }

    private ScalarKernel OfConstants(ScalarType[] types, List<Scalar> values)
    {
        ScalarType[] rest = types[1..];
        ScalarType common = _ignoreCase ? ScalarType.String : types[0];
        bool isMixed = false;
        foreach (Scalar value in values.Where(value => !_ignoreCase && !value.IsNull))
        {
            isMixed |= CommonType.ForEquality(common, value.Type) is null;
            common = CommonType.ForEquality(common, value.Type) ?? common;
        }

        if (isMixed && common != ScalarType.Dynamic)
        {
            common = ScalarType.Dynamic;
        }

        return common switch
        {
            ScalarType.String => new TextSetKernel(values, rest, _ignoreCase, _isNegated),
            ScalarType.Bool => new FixedSetKernel<bool>(common, values, rest, _isNegated),
            ScalarType.Int => new FixedSetKernel<int>(common, values, rest, _isNegated),
            ScalarType.Real => new FixedSetKernel<double>(common, values, rest, _isNegated),
            ScalarType.Decimal => new FixedSetKernel<decimal>(common, values, rest, _isNegated),
            ScalarType.Guid => new FixedSetKernel<Guid>(common, values, rest, _isNegated),
            ScalarType.Dynamic => new ListKernel([common, .. rest], _ignoreCase, _isNegated),
            _ => new FixedSetKernel<long>(common, values, rest, _isNegated),
        };
    }

    /// <summary>Values of a row against lists that are not constant, or of mixed types: one by one, as
    /// dynamics.</summary>
    private sealed class ListKernel(ScalarType[] types, bool ignoreCase, bool isNegated)
        : ElementwiseKernel(ScalarType.Bool, Array.ConvertAll(types, _ => ScalarType.Dynamic))
    {
        protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            bool[] results = new bool[rowCount];
            var nulls = new NullTracker(null, rowCount);
            for (int row = 0; row < rowCount; row++)
            {
                bool? isIn = IsIn(arguments, row);
                results[row] = isIn == true != isNegated;
                if (isIn is null)
                {
                    nulls.SetNull(row);
                }
            }

            return nulls.Finish(ScalarType.Bool, results, rowCount);
        }

        private bool? IsIn(ReadOnlySpan<Vector> arguments, int row)
        {
            DynamicReader value = ((DynamicVector)arguments[0])[row];
            bool isNullMatch = false;
            foreach (Vector argument in arguments[1..])
            {
                DynamicReader list = ((DynamicVector)argument)[row];
                int count = list.Kind == DynamicKind.Array ? list.Count : 1;
                for (int index = 0; index < count; index++)
                {
                    DynamicReader element = list.Kind == DynamicKind.Array ? list.ElementAt(index) : list;
                    if (value.IsNull || element.IsNull)
                    {
                        isNullMatch |= value.IsNull && element.IsNull;
                    }
                    else if (AreEqual(value, element))
                    {
                        return true;
                    }
                }
            }

            return isNullMatch ? null : false;
        }

        private bool AreEqual(DynamicReader value, DynamicReader element) =>
            ignoreCase && value.Kind == DynamicKind.String && element.Kind == DynamicKind.String
                ? Utf8CaseFold.AreEqual(value.Utf8, element.Utf8)
                : DynamicEqualityKernel.AreEqual(value, element);
    }
}
