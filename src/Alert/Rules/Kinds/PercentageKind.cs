namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>percentage_match</c>: the share of rows that meet a condition above or below a bound.</summary>
internal sealed class PercentageKind()
    : KindReader("percentage_match", RuleKind.PercentageMatch, "by", "match", "min", "max", "min_rows", "within")
{
    public override KindParts Read(RuleFields fields)
    {
        ComposedQuery query = fields.Rows(Name)
            .Then("| summarize matched = countif(").Then(fields.Predicate("match")).Then("\n), rows = count()");
        query = RuleFields.WithBy(query, fields.By()).Then("\n| extend percent = 100.0 * matched / rows");
        query = Bounds.LeastRows(fields, query);
        return new KindParts(Bounds.Read(fields).Condition(query, "percent"), fields.Hopping(fields.RequiredDuration("within")));
    }
}
