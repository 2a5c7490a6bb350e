using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>A kernel that is no more than its outputs, its parameters and a way to make a state.</summary>
internal sealed class StateKernel : AggregateKernel
{
    private readonly Func<AggregateState> _create;

    public StateKernel(
        IReadOnlyList<AggregateOutput> outputs, Func<AggregateState> create, params ScalarType[] parameterTypes)
        : base(outputs, parameterTypes)
    {
        _create = create;
    }

    public StateKernel(string name, ScalarType type, Func<AggregateState> create, params ScalarType[] parameterTypes)
        : this([new AggregateOutput(name, type)], create, parameterTypes)
    {
    }

    /// <summary>Makes a state whose groups are bounded; null where every state is one.</summary>
    public Func<AggregateState>? CreateBounded { get; init; }

    public override AggregateState CreateState() => _create();

    public override AggregateState CreateBoundedState() => CreateBounded?.Invoke() ?? _create();
}
