using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Conditional;

/// <summary>The one type that several alternatives are brought to.</summary>
internal static class Branches
{
    /// <summary>The type all fit into by widening int→long→real→decimal; with a dynamic among them the others'
    /// type.</summary>
    /// <exception cref="FunctionException">There is none.</exception>
    public static ScalarType CommonType(string function, IReadOnlyList<ScalarType> types) =>
        TryCommonType(types) ?? throw new FunctionException(
            $"{function}() has arguments of no common type: {string.Join(", ", types.Select(type => type.Name()))}");

    /// <summary>As <see cref="CommonType"/>, but null where there is none.</summary>
    public static ScalarType? TryCommonType(IReadOnlyList<ScalarType> types)
    {
        ScalarType common = ScalarType.Dynamic;
        foreach (ScalarType type in types)
        {
            if (type == ScalarType.Dynamic || type == common)
            {
                continue;
            }

            if (common == ScalarType.Dynamic)
            {
                common = type;
            }
            else if (common.IsNumeric() && type.IsNumeric())
            {
                common = Operators.CommonType.OfNumbers(common, type);
            }
            else
            {
                return null;
            }
        }

        return common;
    }
}
