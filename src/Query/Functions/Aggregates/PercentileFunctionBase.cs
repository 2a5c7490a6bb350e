using System.Globalization;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// What the percentile functions share: int and long give long, real, decimal, datetime and timespan keep their type.
/// </summary>
internal abstract class PercentileFunctionBase : AggregateFunction
{
    /// <summary>A second argument says how often a value counts.</summary>
    protected virtual bool IsWeighted => false;

    /// <summary>All percentages in one dynamic array.</summary>
    protected virtual bool AsArray => false;

    /// <summary>Most percentages of a call.</summary>
    protected virtual int MaxPercentages => int.MaxValue;

    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        int first = IsWeighted ? 2 : 1;
        int most = MaxPercentages == int.MaxValue ? int.MaxValue : first + MaxPercentages;
        AggregateArguments.RequireCount(Name, arguments, first + 1, most);
        if (IsWeighted && !arguments[1].Type.IsInteger())
        {
            throw AggregateArguments.WrongType(Name, "an integer as weight", arguments[1], 1);
        }

        double[] percentages = Percentages(arguments, first);
        return arguments[0].Type switch
        {
            ScalarType.Int or ScalarType.Long => Kernel<long, long, LongRankKey>(arguments, ScalarType.Long, percentages),
            ScalarType.DateTime or ScalarType.TimeSpan => Kernel<long, long, LongRankKey>(arguments, arguments[0].Type, percentages),
            ScalarType.Real or ScalarType.Dynamic => Kernel<double, long, RealRankKey>(arguments, ScalarType.Real, percentages),
            ScalarType.Decimal => Kernel<decimal, decimal, DecimalRankKey>(arguments, ScalarType.Decimal, percentages),
            _ => throw AggregateArguments.WrongType(Name, "a number, a datetime or a timespan", arguments[0], 0),
        };
    }

    private double[] Percentages(IReadOnlyList<ScalarArgument> arguments, int first)
    {
        var percentages = new List<double>();
        for (int argument = first; argument < arguments.Count; argument++)
        {
            if (arguments[argument].Constant?.Value is byte[] encoded && AddElements(new DynamicReader(encoded), percentages))
            {
                continue;
            }

            percentages.Add(AggregateArguments.Number(Name, arguments, argument));
        }

        int wrong = percentages.FindIndex(percentage => !(percentage is >= 0 and <= 100));
        return wrong < 0
            ? percentages.ToArray()
            : throw new FunctionException($"{Name}() expects percentages from 0 to 100, got {percentages[wrong]}", first);
    }

    private static bool AddElements(DynamicReader array, List<double> percentages)
    {
        for (int index = 0; index < array.Count && array.Kind == DynamicKind.Array; index++)
        {
            DynamicReader element = array.ElementAt(index);
            percentages.Add(element.Kind switch
            {
                DynamicKind.Long => element.AsLong,
                DynamicKind.Real => element.AsReal,
                _ => double.NaN,
            });
        }

        return array.Kind == DynamicKind.Array;
    }

    private StateKernel Kernel<T, TKey, TRankKey>(
        IReadOnlyList<ScalarArgument> arguments, ScalarType type, double[] percentages)
        where T : unmanaged
        where TKey : unmanaged, IComparable<TKey>
        where TRankKey : IRankKey<T, TKey>
    {
        string column = arguments[0].Name ?? "";
        AggregateOutput[] outputs = AsArray
            ? [new AggregateOutput($"percentiles_{column}", ScalarType.Dynamic)]
            : percentages.Select(percentage => new AggregateOutput($"percentile_{column}_{Text(percentage)}", type)).ToArray();
        ScalarType[] types = IsWeighted ? [type, ScalarType.Long] : [type];
        var call = new PercentileCall(type, percentages, IsWeighted, AsArray);
        return new StateKernel(outputs, () => new PercentileState<T, TKey, TRankKey>(call), types)
        {
            CreateBounded = () => new BoundedPercentileState<T, TKey, TRankKey>(call),
        };
    }

    private static string Text(double percentage) =>
        percentage.ToString(CultureInfo.InvariantCulture).Replace('.', '_');
}
