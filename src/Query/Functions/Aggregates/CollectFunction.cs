using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// What <c>make_list</c>, <c>make_set</c> and <c>make_bag</c> share: one argument, an optional size, a dynamic result.
/// </summary>
internal abstract class CollectFunction : AggregateFunction
{
    /// <summary>Most elements of a result, as documented.</summary>
    private const long MaxElements = 1_048_576;

    /// <summary>Start of the result's default name: <c>list_</c> x.</summary>
    protected abstract string NamePrefix { get; }

    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 1, 2);
        RequireType(arguments[0]);
        long maxSize = arguments.Count > 1 ? AggregateArguments.Integer(Name, arguments, 1) : MaxElements;
        maxSize = maxSize <= 0 ? MaxElements : Math.Min(maxSize, MaxElements);
        ScalarType type = arguments[0].Type;
        return new StateKernel(
            AggregateArguments.DefaultName(NamePrefix, arguments), ScalarType.Dynamic, () => CreateState(type, maxSize), type);
    }

    /// <summary>Refuses a type, where not every type will do.</summary>
    protected virtual void RequireType(ScalarArgument argument)
    {
    }

    /// <summary>Makes a state for values of a type.</summary>
    protected abstract AggregateState CreateState(ScalarType type, long maxSize);
}
