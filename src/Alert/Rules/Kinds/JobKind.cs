using Bongsu.Stream.Events;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>job</c>: a run that is missing, late, too short, too long, or never ends.</summary>
internal sealed class JobKind()
    : KindReader("job", RuleKind.Job, "by", "start", "end", "schedule", "grace", "shortest", "longest", "timezone")
{
    private const string StartColumn = "is_start";
    private const string EndColumn = "is_end";

    public override KindParts Read(RuleFields fields)
    {
        ComposedQuery query = fields.Rows(Name).Then($"| extend {StartColumn} = (").Then(fields.Predicate("start")).Then("\n)");
        QuerySource? end = fields.OptionalPredicate("end");
        query = end is null
            ? query.Then($"\n| where {StartColumn}\n")
            : query.Then($", {EndColumn} = (").Then(end).Then($"\n)\n| where {StartColumn} or {EndColumn}\n");
        string zone = fields.TimeZone();
        string? cron = fields.Text("schedule");
        TimeSpan? shortest = fields.Duration("shortest");
        TimeSpan? longest = fields.Duration("longest");
        if (cron is not null && CronSchedule.FindFault(cron) is { } fault)
        {
            throw fields.Wrong("schedule", $"is '{cron}': {fault}");
        }

        if (cron is null && end is null)
        {
            throw fields.Wrong("'schedule' or 'end' is missing: without both there is nothing to be watched");
        }

        if (end is null && (shortest ?? longest) is not null)
        {
            throw fields.Wrong(shortest is null ? "longest" : "shortest", "needs 'end': the condition on the row that ends a run");
        }

        if (shortest > longest)
        {
            throw fields.Wrong("shortest", "must not be more than 'longest'");
        }

        return new KindParts(query, fields.Tumbling(WindowSteps.OfEvents))
        {
            Events = new JobSpec(
                StartColumn, end is null ? null : EndColumn, cron is null ? null : new JobSchedule(cron, zone),
                fields.Duration("grace") ?? TimeSpan.Zero, shortest, longest)
            { By = fields.PlainNames("by") },
            TimeZone = zone,
        };
    }
}
