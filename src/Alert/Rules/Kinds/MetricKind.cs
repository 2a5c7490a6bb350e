namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>metric_aggregation</c>: an aggregate above or below a bound.</summary>
internal sealed class MetricKind() : KindReader("metric_aggregation", RuleKind.MetricAggregation, "by", "metric", "min", "max", "min_rows", "within")
{
    public override KindParts Read(RuleFields fields)
    {
        ComposedQuery query = fields.Rows(Name)
            .Then("| summarize value = ").Then(fields.RequiredAggregate("metric")).Then("\n, rows = count()");
        query = Bounds.LeastRows(fields, RuleFields.WithBy(query, fields.By()));
        return new KindParts(Bounds.Read(fields).Condition(query, "value"), fields.Hopping(fields.RequiredDuration("within")));
    }
}
