using System.Globalization;
using Bongsu.Stream.Events;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>sequence</c>: A then B, or A without B, by key.</summary>
internal sealed class SequenceKind() : KindReader("sequence", RuleKind.Sequence, "by", "steps", "within")
{
    private const int MaxSteps = 20;

    public override KindParts Read(RuleFields fields)
    {
        IReadOnlyList<YamlSection> parts = fields.Parts("steps", "a step");
        if (parts.Count is < 2 or > MaxSteps)
        {
            throw fields.Wrong("steps", $"has {parts.Count} steps, expected 2 to {MaxSteps}");
        }

        var steps = new List<SequenceStep>();
        ComposedQuery query = fields.Rows(Name);
        for (int part = 0; part < parts.Count; part++)
        {
            string column = string.Create(CultureInfo.InvariantCulture, $"is_step_{part + 1}");
            (QuerySource condition, int count, bool isAbsent) = Read(fields, parts[part], part == parts.Count - 1);
            steps.Add(new SequenceStep(column, count, isAbsent));
            query = query.Then($"{(part == 0 ? "| extend " : ", ")}{column} = (").Then(condition).Then("\n)");
        }

        query = query.Then("\n| where " + string.Join(" or ", steps.Select(step => step.Column)) + "\n");
        return new KindParts(query, fields.Tumbling(WindowSteps.OfEvents))
        {
            Events = new SequenceSpec(steps, fields.RequiredDuration("within")) { By = fields.PlainNames("by") },
        };
    }

    private static (QuerySource Condition, int Count, bool IsAbsent) Read(RuleFields fields, YamlSection part, bool isLast)
    {
        QuerySource condition = fields.Predicate(part, "where") ?? throw part.Error("'where' is missing: the condition that makes a row this step");
        int count = RuleFields.Count(part, "count") ?? 1;
        bool isAbsent = RuleFields.Flag(part, "absent", otherwise: false);
        part.RequireAllKnown();
        if (isAbsent && (!isLast || count > 1))
        {
            throw part.Error(isLast ? "a step that must not come has no 'count'" : "only the last step may be 'absent'");
        }

        return (condition, count, isAbsent);
    }
}
