using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>make_set(x, maxSize)</c>: an array of the distinct values that are not null; of arrays, their elements.
/// </summary>
internal sealed class MakeSetFunction : CollectFunction
{
    public override string Name => "make_set";

    public override IReadOnlyList<string> Aliases => ["makeset"];

    protected override string NamePrefix => "set";

    protected override AggregateState CreateState(ScalarType type, long maxSize) => new SetState(type, maxSize);
}
