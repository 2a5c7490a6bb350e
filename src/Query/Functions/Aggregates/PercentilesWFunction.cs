namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>percentilesw(x, weight, p1, p2 …)</c>: a column for each percentage, values counted by weight.</summary>
internal sealed class PercentilesWFunction : PercentileFunctionBase
{
    public override string Name => "percentilesw";

    protected override bool IsWeighted => true;
}
