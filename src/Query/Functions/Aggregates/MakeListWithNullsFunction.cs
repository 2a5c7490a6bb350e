using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>make_list_with_nulls(x)</c>: an array of all values.</summary>
internal sealed class MakeListWithNullsFunction : CollectFunction
{
    public override string Name => "make_list_with_nulls";

    protected override string NamePrefix => "list";

    protected override AggregateState CreateState(ScalarType type, long maxSize) => new ListState(type, keepsNulls: true, maxSize);
}
