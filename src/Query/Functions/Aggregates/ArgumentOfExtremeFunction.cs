using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>What <c>arg_max</c> and <c>arg_min</c> share. The binder expands <c>*</c>.</summary>
internal abstract class ArgumentOfExtremeFunction<TOrder> : AggregateFunction
    where TOrder : IValueOrder
{
    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 1, int.MaxValue);
        ScalarType[] types = arguments.Select(argument => argument.Type).ToArray();
        AggregateOutput[] outputs = arguments
            .Select((argument, index) => new AggregateOutput(
                argument.Name ?? (index == 0 ? $"{Name.Replace("arg_", "", StringComparison.Ordinal)}_" : $"Column{index}"),
                argument.Type))
            .ToArray();
        return new StateKernel(outputs, () => new ArgumentOfExtremeState<TOrder>(types), types);
    }
}
