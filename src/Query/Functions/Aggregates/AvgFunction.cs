using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>avg(x)</c>: real for integers, real and dynamic; decimal, timespan and datetime keep their type.
/// </summary>
internal sealed class AvgFunction : AggregateFunction
{
    public override string Name => "avg";

    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 1, 1);
        string name = AggregateArguments.DefaultName(Name, arguments);
        ScalarType type = arguments[0].Type;
        return type switch
        {
            ScalarType.Int => new StateKernel(
                name, ScalarType.Real, () => new AverageState<int, double, double>(ScalarType.Real), type),
            ScalarType.Long => new StateKernel(
                name, ScalarType.Real, () => new AverageState<long, double, double>(ScalarType.Real), type),
            ScalarType.Real or ScalarType.Dynamic => new StateKernel(
                name, ScalarType.Real, () => new AverageState<double, double, double>(ScalarType.Real), ScalarType.Real),
            ScalarType.Decimal => new StateKernel(
                name, type, () => new AverageState<decimal, decimal, decimal>(type), type),
            ScalarType.TimeSpan or ScalarType.DateTime => new StateKernel(
                name, type, () => new AverageState<long, Int128, long>(type), type),
            _ => throw AggregateArguments.WrongType(Name, "a number, a timespan or a datetime", arguments[0], 0),
        };
    }
}
