using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>take_any(x, y …)</c>: the first row that comes, of those where x is not null if there are any.</summary>
internal class TakeAnyFunction : AggregateFunction
{
    public override string Name => "take_any";

    /// <summary>The default name of a result column.</summary>
    protected virtual string OutputName(string? argument) => argument ?? "any_";

    public sealed override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 1, int.MaxValue);
        ScalarType[] types = arguments.Select(argument => argument.Type).ToArray();
        AggregateOutput[] outputs = arguments
            .Select(argument => new AggregateOutput(OutputName(argument.Name), argument.Type))
            .ToArray();
        return new StateKernel(outputs, () => new ArgumentOfExtremeState<FirstCome>(types), types);
    }

    /// <summary>Nothing replaces what came first.</summary>
    private readonly struct FirstCome : IValueOrder
    {
        public static bool Replaces(int comparison) => false;
    }
}
