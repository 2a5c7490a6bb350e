using Bongsu.Core.Types;

namespace Bongsu.Query.Functions;

/// <summary>Checks that aggregates share when they bind.</summary>
internal static class AggregateArguments
{
    /// <summary>Refuses a wrong number of arguments.</summary>
    public static void RequireCount(string function, IReadOnlyList<ScalarArgument> arguments, int least, int most)
    {
        if (arguments.Count >= least && arguments.Count <= most)
        {
            return;
        }

        string expected = least == most ? $"{least}" : most == int.MaxValue ? $"at least {least}" : $"{least} to {most}";
        throw new FunctionException($"{function}() expects {expected} argument(s), got {arguments.Count}");
    }

    /// <summary>Refuses a type.</summary>
    public static FunctionException WrongType(string function, string expected, ScalarArgument argument, int index) =>
        new($"{function}() expects {expected}, got {argument.Type.Name()}", index);

    /// <summary>Refuses anything but bool.</summary>
    public static void RequirePredicate(string function, IReadOnlyList<ScalarArgument> arguments, int index)
    {
        if (arguments[index].Type != ScalarType.Bool)
        {
            throw WrongType(function, "a bool as predicate", arguments[index], index);
        }
    }

    /// <summary>A constant integer.</summary>
    public static long Integer(string function, IReadOnlyList<ScalarArgument> arguments, int index) =>
        arguments[index].Constant?.Value switch
        {
            int value => value,
            long value => value,
            _ => throw new FunctionException($"{function}() expects a constant integer as argument {index + 1}", index),
        };

    /// <summary>A constant number.</summary>
    public static double Number(string function, IReadOnlyList<ScalarArgument> arguments, int index) =>
        arguments[index].Constant?.Value switch
        {
            int value => value,
            long value => value,
            double value => value,
            decimal value => (double)value,
            _ => throw new FunctionException($"{function}() expects a constant number as argument {index + 1}", index),
        };

    /// <summary>The default name of a result: <c>avg_x</c>, or <c>avg_</c> where the argument is no plain
    /// column.</summary>
    public static string DefaultName(string prefix, IReadOnlyList<ScalarArgument> arguments) =>
        $"{prefix}_{(arguments.Count > 0 ? arguments[0].Name : null)}";
}
