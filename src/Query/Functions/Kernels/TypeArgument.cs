using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>A <c>typeof(…)</c> argument: a constant string with the name of a type.</summary>
internal static class TypeArgument
{
    public static ScalarType Read(string function, IReadOnlyList<ScalarArgument> arguments, int index) =>
        arguments[index].Constant is { Value: string name } && ScalarTypes.TryParse(name, out ScalarType type)
            ? type
            : throw new FunctionException($"{function}() expects typeof(…) here", index);
}
