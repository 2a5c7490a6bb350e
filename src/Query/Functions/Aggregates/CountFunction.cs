using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>count()</c>: rows of the group; <c>count(x)</c>: rows where x is not null.</summary>
internal sealed class CountFunction : AggregateFunction
{
    public override string Name => "count";

    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 0, 1);
        return new StateKernel(
            AggregateArguments.DefaultName(Name, arguments),
            ScalarType.Long,
            () => new CountState(isPredicate: false),
            arguments.Select(argument => argument.Type).ToArray());
    }
}
