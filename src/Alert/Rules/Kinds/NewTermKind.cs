using Bongsu.Stream.Events;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>new_term</c>: values, or combinations of values, not seen before.</summary>
internal sealed class NewTermKind() : KindReader("new_term", RuleKind.NewTerm, "by", "fields", "look_back")
{
    /// <summary>How long a value is remembered where the file does not say.</summary>
    public static readonly TimeSpan DefaultLookBack = TimeSpan.FromDays(30);

    public override KindParts Read(RuleFields fields) =>
        new(fields.Rows(Name), fields.Tumbling(WindowSteps.OfEvents))
        {
            Events = new NewTermSpec(fields.NameGroups("fields"), fields.Duration("look_back") ?? DefaultLookBack)
            {
                By = fields.PlainNames("by"),
            },
        };
}
