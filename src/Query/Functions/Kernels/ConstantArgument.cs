using Bongsu.Core.Text;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>Arguments that must be known before the query runs.</summary>
internal static class ConstantArgument
{
    /// <summary>A constant string.</summary>
    public static string Text(string function, IReadOnlyList<ScalarArgument> arguments, int index, string what) =>
        arguments[index].Constant is { } value
            ? ScalarText.Format(value)
            : throw new FunctionException($"{function}() expects a constant as {what}", index);
}
