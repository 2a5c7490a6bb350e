namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>cardinality</c>: more or fewer different values than there should be.</summary>
internal sealed class CardinalityKind() : KindReader("cardinality", RuleKind.Cardinality, "by", "field", "min", "max", "within")
{
    public override KindParts Read(RuleFields fields)
    {
        ComposedQuery query = fields.Rows(Name)
            .Then("| summarize values = count_distinct(").Then(fields.RequiredName("field")).Then("), rows = count()");
        query = RuleFields.WithBy(query, fields.By());
        return new KindParts(Bounds.Read(fields).Condition(query, "values"), fields.Hopping(fields.RequiredDuration("within")));
    }
}
