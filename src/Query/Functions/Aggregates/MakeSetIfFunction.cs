namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>make_set_if(x, predicate, maxSize)</c>: <c>make_set</c> of the rows where the predicate is true.
/// </summary>
internal sealed class MakeSetIfFunction : ConditionalFunction
{
    public override string Name => "make_set_if";

    public override IReadOnlyList<string> Aliases => ["makesetif"];

    protected override AggregateFunction Inner { get; } = new MakeSetFunction();

    protected override string? NamePrefix => null;
}
