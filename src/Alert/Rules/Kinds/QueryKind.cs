namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>query</c>: KQL that ends in its condition.</summary>
internal sealed class QueryKind() : KindReader("query", RuleKind.Query, "window", "session_gap")
{
    public override KindParts Read(RuleFields fields) => new(ComposedQuery.Of(fields.Query), fields.Given(TimeSpan.FromMinutes(1)))
    {
        SessionGap = fields.Duration("session_gap"),
    };
}
