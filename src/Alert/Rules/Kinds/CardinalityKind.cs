using Bongsu.Alert.Judges;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>cardinality</c>: more or fewer different values than there should be.</summary>
internal sealed class CardinalityKind() : KindReader("cardinality", RuleKind.Cardinality, "by", "field", "min", "max", "within")
{
    public override KindParts Read(RuleFields fields)
    {
        // Rows without the field bring no value.
        QuerySource field = fields.RequiredName("field");
        ComposedQuery query = fields.Rows(Name)
            .Then("| summarize value = count_distinctif(").Then(field).Then(", isnotempty(tostring(").Then(field).Then("))), rows = count()");
        query = RuleFields.WithBy(query, fields.By());
        Bounds bounds = Bounds.Read(fields);
        WindowSpec windows = fields.Hopping(fields.RequiredDuration("within"));

        // A key that only just came has not had the time for its values: too few are told once it is a window old.
        return bounds.Min is { } min
            ? new KindParts(query.Then("\n| where rows > 0"), windows) { Judge = new BoundsSpec(min, bounds.Max) }
            : new KindParts(bounds.Condition(query, "value"), windows);
    }
}
