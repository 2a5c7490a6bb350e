using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Conditional;

/// <summary>The value after the first predicate that is true, else the last argument.</summary>
internal sealed class CaseFunction() : SignedFunction("case(predicate:bool, then:any, else:any+) -> any")
{
    /// <summary>Choices are kept in a byte; KQL allows no more than 64 arguments either.</summary>
    private const int MaxArguments = 255;

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        if (types.Length % 2 == 0 || types.Length > MaxArguments)
        {
            throw new FunctionException($"case() takes pairs of predicate and value, then the value for none; got {types.Length} arguments");
        }

        List<ScalarType> values = [];
        for (int argument = 0; argument < types.Length; argument++)
        {
            if (argument % 2 == 1 || argument == types.Length - 1)
            {
                values.Add(types[argument]);
            }
            else if (types[argument] is not (ScalarType.Bool or ScalarType.Dynamic))
            {
                throw new FunctionException($"case() expects bool as predicate, got {types[argument].Name()}", argument);
            }
        }

        ScalarType common = Branches.TryCommonType(values) ?? ScalarType.Dynamic;
        for (int argument = 0; argument < types.Length; argument++)
        {
            types[argument] = argument % 2 == 0 && argument < types.Length - 1 ? ScalarType.Bool : common;
        }

        return new ChoiceKernel(common, types);
    }
}
