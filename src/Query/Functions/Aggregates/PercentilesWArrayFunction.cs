namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>percentilesw_array(x, weight, p1, p2 …)</c>: all percentages in one array, values counted by weight.
/// </summary>
internal sealed class PercentilesWArrayFunction : PercentileFunctionBase
{
    public override string Name => "percentilesw_array";

    protected override bool IsWeighted => true;

    protected override bool AsArray => true;
}
