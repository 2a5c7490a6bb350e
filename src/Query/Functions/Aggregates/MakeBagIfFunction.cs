namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>make_bag_if(x, predicate, maxSize)</c>: <c>make_bag</c> of the rows where the predicate is true.
/// </summary>
internal sealed class MakeBagIfFunction : ConditionalFunction
{
    public override string Name => "make_bag_if";

    protected override AggregateFunction Inner { get; } = new MakeBagFunction();

    protected override string? NamePrefix => null;
}
