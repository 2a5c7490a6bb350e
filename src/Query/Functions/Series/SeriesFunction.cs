using Bongsu.Core.Series;
using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Series;

/// <summary>A function of a series; its other arguments must be constants.</summary>
internal abstract class SeriesFunction : SignedFunction
{
    protected SeriesFunction(string signature)
        : base(signature)
    {
    }

    /// <summary>A whole number, or a default where it is not given or null.</summary>
    protected long Whole(IReadOnlyList<ScalarArgument> arguments, int index, long otherwise, string what)
    {
        double number = Number(arguments, index, otherwise, what);
        return number == Math.Floor(number) && Math.Abs(number) < int.MaxValue
            ? (long)number
            : throw new FunctionException($"{Name}() expects a whole number as {what}", index);
    }

    /// <summary>Points of a period: -1, the default, to find it, 0 for none.</summary>
    protected long Seasonality(IReadOnlyList<ScalarArgument> arguments, int index)
    {
        long period = Whole(arguments, index, -1, "seasonality");
        return period >= -1
            ? period
            : throw new FunctionException($"{Name}() expects -1, 0 or the points of a period as seasonality, got {period}", index);
    }

    /// <summary>A number of points; 0 where it is not given or null.</summary>
    protected long Points(IReadOnlyList<ScalarArgument> arguments, int index, string what)
    {
        long points = Whole(arguments, index, 0, what);
        return points >= 0 ? points : throw new FunctionException($"{Name}() expects 0 or more as {what}, got {points}", index);
    }

    /// <summary>A number, or a default where it is not given or null.</summary>
    protected double Number(IReadOnlyList<ScalarArgument> arguments, int index, double otherwise, string what)
    {
        if (index >= arguments.Count)
        {
            return otherwise;
        }

        return arguments[index].Constant switch
        {
            { Value: null } => otherwise,
            { Value: int number } => number,
            { Value: long number } => number,
            { Value: double number } when double.IsFinite(number) => number,
            { Value: double number } when double.IsNaN(number) => otherwise,
            { Value: decimal number } => (double)number,
            _ => throw new FunctionException($"{Name}() expects a constant number as {what}", index),
        };
    }

    /// <summary>One of some words, by its place among them; the first where it is not given.</summary>
    protected int Word(IReadOnlyList<ScalarArgument> arguments, int index, string what, params string[] words)
    {
        if (index >= arguments.Count)
        {
            return 0;
        }

        string text = ConstantArgument.Text(Name, arguments, index, what);
        int place = Array.IndexOf(words, text);
        return place >= 0 || text.Length == 0
            ? Math.Max(0, place)
            : throw new FunctionException($"{Name}() knows the {what} '{string.Join("', '", words)}', not '{text}'", index);
    }

    /// <summary>The trend by its word.</summary>
    protected SeriesTrend TrendOf(IReadOnlyList<ScalarArgument> arguments, int index) =>
        (SeriesTrend)Word(arguments, index, "trend", "avg", "linefit", "none");

    /// <summary>A kernel of the operation.</summary>
    protected static ScalarKernel Kernel<TOperation>(TOperation operation, ScalarType[] types)
        where TOperation : struct, ISeriesOperation => new SeriesKernel<TOperation>(operation, types);
}
