using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// What the <c>…if</c> functions share: another aggregate over the rows where one argument, the predicate, is true.
/// </summary>
internal abstract class ConditionalFunction : AggregateFunction
{
    /// <summary>The aggregate.</summary>
    protected abstract AggregateFunction Inner { get; }

    /// <summary>
    /// Start of the result's default name (<c>sumif_</c> x); null for the inner aggregate's own name.
    /// </summary>
    protected virtual string? NamePrefix => Name;

    /// <summary>Which argument the predicate is.</summary>
    protected virtual int PredicateIndex => 1;

    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, PredicateIndex + 1, PredicateIndex + 3);
        AggregateArguments.RequirePredicate(Name, arguments, PredicateIndex);
        AggregateKernel inner = BindInner(arguments);
        ScalarType[] types = [.. inner.ParameterTypes.Take(PredicateIndex), ScalarType.Bool, .. inner.ParameterTypes.Skip(PredicateIndex)];
        AggregateOutput[] outputs = NamePrefix is null
            ? inner.Outputs.ToArray()
            : [inner.Outputs[0] with { DefaultName = AggregateArguments.DefaultName(NamePrefix, arguments) }];
        return new StateKernel(outputs, () => new ConditionalState(inner.CreateState(), PredicateIndex), types);
    }

    private AggregateKernel BindInner(IReadOnlyList<ScalarArgument> arguments)
    {
        try
        {
            return Inner.Bind([.. arguments.Take(PredicateIndex), .. arguments.Skip(PredicateIndex + 1)]);
        }
        catch (FunctionException error)
        {
            int index = error.ArgumentIndex >= PredicateIndex ? error.ArgumentIndex + 1 : error.ArgumentIndex;
            string message = error.Message.Replace($"{Inner.Name}()", $"{Name}()", StringComparison.Ordinal);
            throw new FunctionException(message, index);
        }
    }
}
