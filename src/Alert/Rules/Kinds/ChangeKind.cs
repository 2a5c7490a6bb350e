using Bongsu.Stream.Events;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>change</c>: columns of a key have other values than in its row before.</summary>
internal sealed class ChangeKind() : KindReader("change", RuleKind.Change, "by", "fields", "within", "ignore_null")
{
    public override KindParts Read(RuleFields fields)
    {
        IReadOnlyList<string> columns = fields.PlainNames("fields");
        if (columns.Count == 0)
        {
            throw fields.Wrong("'fields' is missing");
        }

        return new KindParts(fields.Rows(Name), fields.Tumbling(WindowSteps.OfEvents))
        {
            Events = new ChangeSpec(columns, fields.Duration("within"), fields.Flag("ignore_null", otherwise: false))
            {
                By = fields.PlainNames("by"),
            },
        };
    }
}
