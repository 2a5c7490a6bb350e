using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>countif(predicate)</c>: rows where the predicate is true.</summary>
internal sealed class CountIfFunction : AggregateFunction
{
    public override string Name => "countif";

    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 1, 1);
        AggregateArguments.RequirePredicate(Name, arguments, 0);
        return new StateKernel(
            "countif_" + arguments[0].Name,
            ScalarType.Long,
            () => new CountState(isPredicate: true),
            ScalarType.Bool);
    }
}
