namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>make_list_if(x, predicate, maxSize)</c>: <c>make_list</c> of the rows where the predicate is true.
/// </summary>
internal sealed class MakeListIfFunction : ConditionalFunction
{
    public override string Name => "make_list_if";

    public override IReadOnlyList<string> Aliases => ["makelistif"];

    protected override AggregateFunction Inner { get; } = new MakeListFunction();

    protected override string? NamePrefix => null;
}
