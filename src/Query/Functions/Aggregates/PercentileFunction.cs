namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>percentile(x, p)</c>: the value of nearest rank.</summary>
internal sealed class PercentileFunction : PercentileFunctionBase
{
    public override string Name => "percentile";

    protected override int MaxPercentages => 1;
}
