using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>make_list(x, maxSize)</c>: an array of the values that are not null.</summary>
internal sealed class MakeListFunction : CollectFunction
{
    public override string Name => "make_list";

    public override IReadOnlyList<string> Aliases => ["makelist"];

    protected override string NamePrefix => "list";

    protected override AggregateState CreateState(ScalarType type, long maxSize) => new ListState(type, keepsNulls: false, maxSize);
}
