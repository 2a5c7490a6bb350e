using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Which class binds which operator.</summary>
internal static class OperatorBinders
{
    private delegate LogicalPlan Binder(OperatorContext context, LogicalPlan input, OperatorSyntax syntax);

    private static readonly Dictionary<string, Binder> s_binders = new(StringComparer.Ordinal)
    {
        ["where"] = FilterBinder.Bind,
        ["filter"] = FilterBinder.Bind,
        ["project"] = ProjectBinder.Project,
        ["extend"] = ProjectBinder.Extend,
        ["serialize"] = ProjectBinder.Serialize,
        ["project-away"] = ColumnListBinder.Away,
        ["project-keep"] = ColumnListBinder.Keep,
        ["project-rename"] = ColumnListBinder.Rename,
        ["project-reorder"] = ColumnListBinder.Reorder,
        ["summarize"] = SummarizeBinder.Summarize,
        ["distinct"] = SummarizeBinder.Distinct,
        ["count"] = SummarizeBinder.Count,
        ["sort"] = SortBinder.Sort,
        ["order"] = SortBinder.Sort,
        ["top"] = SortBinder.Top,
        ["take"] = SortBinder.Take,
        ["limit"] = SortBinder.Take,
        ["join"] = JoinBinder.Join,
        ["lookup"] = JoinBinder.Lookup,
        ["parse"] = ParseBinder.Bind,
        ["parse-where"] = ParseBinder.Bind,
        ["mv-expand"] = MvExpandBinder.Bind,
        ["mvexpand"] = MvExpandBinder.Bind,
        ["reduce"] = ReduceBinder.Bind,
        ["getschema"] = OutlineBinder.GetSchema,
        ["consume"] = OutlineBinder.Consume,
        ["as"] = OutlineBinder.As,
        ["invoke"] = OutlineBinder.Invoke,
        ["render"] = OutlineBinder.Render,
    };

    // These begin a query, or combine their input with tables they name.
    private static readonly Dictionary<string, Func<OperatorContext, LogicalPlan?, OperatorSyntax, LogicalPlan>> s_sources =
        new(StringComparer.Ordinal)
        {
            ["print"] = SourceBinder.Print,
            ["range"] = SourceBinder.Range,
            ["datatable"] = SourceBinder.Datatable,
            ["union"] = UnionBinder.Bind,
            ["search"] = SearchBinder.Bind,
        };

    // Operators that keep the order of their rows, and with it the right to window functions.
    private static readonly HashSet<string> s_orderKeeping = new(StringComparer.Ordinal)
    {
        "where", "filter", "project", "extend", "project-away", "project-keep", "project-rename", "project-reorder",
        "mv-expand", "mvexpand", "parse", "parse-where", "take", "limit", "as", "render",
    };

    /// <summary>Binds one operator.</summary>
    /// <param name="context">What is in sight.</param>
    /// <param name="input">The rows before it, or null at the beginning.</param>
    /// <param name="syntax">The operator.</param>
    public static LogicalPlan Bind(OperatorContext context, LogicalPlan? input, OperatorSyntax syntax)
    {
        if (s_sources.TryGetValue(syntax.Name, out Func<OperatorContext, LogicalPlan?, OperatorSyntax, LogicalPlan>? source))
        {
            return source(context, input, syntax);
        }

        if (input is null
            || syntax is UnsupportedOperatorSyntax
            || !s_binders.TryGetValue(syntax.Name, out Binder? binder))
        {
            throw new QueryException("unsupported", $"the operator '{syntax.Name}' is not supported yet", syntax.Span);
        }

        LogicalPlan plan = binder(context, input, syntax);
        return input.IsSerialized && !plan.IsSerialized && s_orderKeeping.Contains(syntax.Name)
            ? plan with { IsSerialized = true }
            : plan;
    }
}
