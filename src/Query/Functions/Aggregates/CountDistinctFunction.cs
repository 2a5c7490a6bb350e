using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>count_distinct(x)</c>: the exact number of distinct values that are not null.</summary>
internal sealed class CountDistinctFunction : AggregateFunction
{
    public override string Name => "count_distinct";

    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 1, 1);
        ScalarType type = arguments[0].Type;
        return new StateKernel(
            AggregateArguments.DefaultName(Name, arguments),
            ScalarType.Long,
            () => type == ScalarType.String ? new DistinctTextState() : SetState.OfCount(type),
            type);
    }
}
