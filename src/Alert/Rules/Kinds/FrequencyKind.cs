using Bongsu.Stream.Events;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>frequency</c>: so many rows within a time that slides with every row.</summary>
internal sealed class FrequencyKind() : KindReader("frequency", RuleKind.Frequency, "by", "count", "within")
{
    public override KindParts Read(RuleFields fields) =>
        new(fields.Rows(Name), fields.Tumbling(WindowSteps.OfEvents))
        {
            Events = new FrequencySpec(fields.RequiredCount("count"), fields.RequiredDuration("within")) { By = fields.PlainNames("by") },
        };
}
