namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>percentiles_array(x, p1, p2 …)</c>: all percentages in one array.</summary>
internal sealed class PercentilesArrayFunction : PercentileFunctionBase
{
    public override string Name => "percentiles_array";

    protected override bool AsArray => true;
}
