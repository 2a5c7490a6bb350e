namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>any</c>: every row, by key.</summary>
internal sealed class AnyKind() : KindReader("any", RuleKind.Any, "by", "window")
{
    public override KindParts Read(RuleFields fields) => OfRows(fields, fields.Rows(Name));

    /// <summary>An alert for the rows that are left, with their number and one of them.</summary>
    public static KindParts OfRows(RuleFields fields, ComposedQuery rows)
    {
        IReadOnlyList<QuerySource> by = fields.By();
        ComposedQuery query = by.Count == 0
            ? rows
            : RuleFields.WithBy(rows.Then("| summarize rows = count(), take_any(*)"), by);
        return new KindParts(query, fields.Given(TimeSpan.FromSeconds(10)));
    }
}
