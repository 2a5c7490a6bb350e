namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>percentilew(x, weight, p)</c>: the value of nearest rank, where each value counts as often as its weight says.
/// </summary>
internal sealed class PercentileWFunction : PercentileFunctionBase
{
    public override string Name => "percentilew";

    protected override bool IsWeighted => true;

    protected override int MaxPercentages => 1;
}
