using Bongsu.Stream.Events;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>flatline</c>: fewer rows than so many in a time.</summary>
internal sealed class FlatlineKind() : KindReader("flatline", RuleKind.Flatline, "by", "below", "within", "forget_keys")
{
    public override KindParts Read(RuleFields fields)
    {
        TimeSpan within = fields.RequiredDuration("within");
        return new KindParts(fields.Rows(Name), fields.Tumbling(WindowSteps.Hop(within)))
        {
            Events = new FlatlineSpec(fields.RequiredCount("below"), within, fields.Flag("forget_keys", otherwise: false))
            {
                By = fields.PlainNames("by"),
            },
        };
    }
}
