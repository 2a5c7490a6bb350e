using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>What <c>min</c> and <c>max</c> share: any type but dynamic, which is kept.</summary>
internal abstract class ExtremeFunction<TOrder> : AggregateFunction
    where TOrder : IValueOrder
{
    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 1, 1);
        string name = AggregateArguments.DefaultName(Name, arguments);
        ScalarType type = arguments[0].Type;
        return type switch
        {
            ScalarType.Bool => new StateKernel(name, type, () => new ExtremeState<bool, TOrder>(type), type),
            ScalarType.Int => new StateKernel(name, type, () => new ExtremeState<int, TOrder>(type), type),
            ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan =>
                new StateKernel(name, type, () => new ExtremeState<long, TOrder>(type), type),
            ScalarType.Real => new StateKernel(name, type, () => new ExtremeState<double, TOrder>(type), type),
            ScalarType.Decimal => new StateKernel(name, type, () => new ExtremeState<decimal, TOrder>(type), type),
            ScalarType.Guid => new StateKernel(name, type, () => new ExtremeState<Guid, TOrder>(type), type),
            ScalarType.String => new StateKernel(name, type, () => new ArgumentOfExtremeState<TOrder>([type]), type),
            _ => throw AggregateArguments.WrongType(
                Name, "a type that has an order (convert the dynamic first)", arguments[0], 0),
        };
    }
}
