namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>pattern_rate</c>: a message template comes more or less often than it should, or than it did.</summary>
internal sealed class PatternRateKind() : KindReader(
    "pattern_rate", RuleKind.PatternRate, "by", "field", "min", "max", "within", "height", "direction", "min_current", "min_before", "new_keys")
{
    public override KindParts Read(RuleFields fields)
    {
        ComposedQuery query = NewPatternKind.WithPattern(fields, fields.Rows(Name))
            .Then($"| summarize value = count() by {NewPatternKind.PatternColumn}");
        foreach (QuerySource name in fields.By())
        {
            query = query.Then(", ").Then(name);
        }

        TimeSpan within = fields.RequiredDuration("within");
        if (fields.Number("height") is null)
        {
            return new KindParts(Bounds.Read(fields).Condition(query.Then("\n| extend rows = value"), "value"), fields.Hopping(within));
        }

        if (fields.Number("min") is not null || fields.Number("max") is not null)
        {
            throw fields.Wrong("height", "compares with the window before; it cannot stand beside 'min' and 'max'");
        }

        return new KindParts(query, fields.Hopping(within)) { Judge = SpikeKind.Spike(fields, isZeroWithoutRows: true) };
    }
}
