using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>sum(x)</c>: integers give long, real, decimal and timespan keep their type, dynamic is read as real.
/// </summary>
internal sealed class SumFunction : AggregateFunction
{
    public override string Name => "sum";

    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 1, 1);
        string name = AggregateArguments.DefaultName(Name, arguments);
        return arguments[0].Type switch
        {
            ScalarType.Int => new StateKernel(
                name, ScalarType.Long, () => new SumState<int, long>(ScalarType.Long), ScalarType.Int),
            ScalarType.Long => new StateKernel(
                name, ScalarType.Long, () => new SumState<long, long>(ScalarType.Long), ScalarType.Long),
            ScalarType.TimeSpan => new StateKernel(
                name, ScalarType.TimeSpan, () => new SumState<long, long>(ScalarType.TimeSpan), ScalarType.TimeSpan),
            ScalarType.Decimal => new StateKernel(
                name, ScalarType.Decimal, () => new SumState<decimal, decimal>(ScalarType.Decimal), ScalarType.Decimal),
            ScalarType.Real or ScalarType.Dynamic => new StateKernel(
                name, ScalarType.Real, () => new SumState<double, double>(ScalarType.Real), ScalarType.Real),
            _ => throw AggregateArguments.WrongType(Name, "a number or a timespan", arguments[0], 0),
        };
    }
}
