namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>take_anyif(x, predicate)</c>: <c>take_any</c> of the rows where the predicate is true.</summary>
internal sealed class TakeAnyIfFunction : ConditionalFunction
{
    public override string Name => "take_anyif";

    public override IReadOnlyList<string> Aliases => ["anyif"];

    protected override AggregateFunction Inner { get; } = new TakeAnyFunction();

    protected override string? NamePrefix => null;
}
