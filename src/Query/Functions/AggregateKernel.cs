using Bongsu.Core.Types;

namespace Bongsu.Query.Functions;

/// <summary>An aggregate bound to the types of one call. Immutable and thread-safe.</summary>
public abstract class AggregateKernel
{
    private protected AggregateKernel(IReadOnlyList<AggregateOutput> outputs, params ScalarType[] parameterTypes)
    {
        Outputs = outputs;
        ParameterTypes = parameterTypes;
    }

    /// <summary>The result columns: one for most, several for <c>percentiles</c>, <c>arg_max</c>.</summary>
    public IReadOnlyList<AggregateOutput> Outputs { get; }

    /// <summary>The types of the arguments that are evaluated per row, as <see cref="AggregateState.Update"/> wants
    /// them.</summary>
    public IReadOnlyList<ScalarType> ParameterTypes { get; }

    /// <summary>A state without groups.</summary>
    public abstract AggregateState CreateState();

    /// <summary>A state without groups that can be kept for long: what it holds of a group does not grow with every row, where
    /// need be at the price of <see cref="AggregateState.IsEstimate"/>. Merges with its like only.</summary>
    public virtual AggregateState CreateBoundedState() => CreateState();
}
