using Bongsu.Stream.Events;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>new_pattern</c>: a message whose template was not seen before.</summary>
internal sealed class NewPatternKind() : KindReader("new_pattern", RuleKind.NewPattern, "by", "field", "look_back")
{
    /// <summary>Column that holds the template's text.</summary>
    public const string PatternColumn = "pattern";

    public override KindParts Read(RuleFields fields) =>
        new(WithPattern(fields, fields.Rows(Name)), fields.Tumbling(WindowSteps.OfEvents))
        {
            Events = new NewTermSpec([[PatternColumn]], fields.Duration("look_back") ?? NewTermKind.DefaultLookBack)
            {
                By = fields.PlainNames("by"),
            },
        };

    /// <summary>The rows with the template of a column, <c>message</c> unless the rule names another.</summary>
    public static ComposedQuery WithPattern(RuleFields fields, ComposedQuery rows)
    {
        ComposedQuery query = rows.Then($"| extend {PatternColumn} = message_template(");
        return (fields.Name("field") is { } field ? query.Then(field) : query.Then("message")).Then(")\n");
    }
}
