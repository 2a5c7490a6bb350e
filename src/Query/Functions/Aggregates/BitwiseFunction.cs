using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>What the <c>binary_all_…</c> functions share: integers to long.</summary>
internal abstract class BitwiseFunction<TFold> : AggregateFunction
    where TFold : IBitwiseFold
{
    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 1, 1);
        if (!arguments[0].Type.IsInteger())
        {
            throw AggregateArguments.WrongType(Name, "an integer", arguments[0], 0);
        }

        string name = AggregateArguments.DefaultName(Name, arguments);
        return new StateKernel(name, ScalarType.Long, () => new BitwiseState<TFold>(), ScalarType.Long);
    }
}
