namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>percentiles(x, p1, p2 …)</c>: a column for each percentage.</summary>
internal sealed class PercentilesFunction : PercentileFunctionBase
{
    public override string Name => "percentiles";
}
