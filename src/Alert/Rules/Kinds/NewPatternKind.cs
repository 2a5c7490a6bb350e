using Bongsu.Store;
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
    /// <remarks>Only messages are kept as templates; of other text, numbers and long hexadecimal ones are its
    /// variables.</remarks>
    public static ComposedQuery WithPattern(RuleFields fields, ComposedQuery rows)
    {
        ComposedQuery query = rows.Then($"| extend {PatternColumn} = ");
        QuerySource? field = fields.Name("field");
        return field is null or { Text: SystemColumns.Message }
            ? query.Then("message_template(message)\n")
            : query.Then("replace_regex(tostring(").Then(field).Then("), @'\\b[0-9a-fA-F-]{8,}\\b|[0-9]+', '<*>')\n");
    }
}
