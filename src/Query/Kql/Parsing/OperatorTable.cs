using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>Which class parses which operator. A further operator is an entry here, a class that parses and a class
/// that binds it.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Func<PipelineParser, Token, OperatorSyntax>> s_operators = new(StringComparer.Ordinal)
    {
        ["where"] = SimpleOperators.Where,
        ["filter"] = SimpleOperators.Where,
        ["take"] = SimpleOperators.Take,
        ["limit"] = SimpleOperators.Take,
        ["count"] = SimpleOperators.Count,
        ["getschema"] = SimpleOperators.Bare,
        ["consume"] = SimpleOperators.Bare,
        ["project"] = SimpleOperators.List,
        ["extend"] = SimpleOperators.List,
        ["distinct"] = SimpleOperators.List,
        ["serialize"] = SimpleOperators.Serialize,
        ["project-away"] = SimpleOperators.Patterns,
        ["project-keep"] = SimpleOperators.Patterns,
        ["project-rename"] = SimpleOperators.List,
        ["project-reorder"] = SortOperators.Reorder,
        ["sort"] = SortOperators.Sort,
        ["order"] = SortOperators.Sort,
        ["top"] = SortOperators.Top,
        ["summarize"] = SimpleOperators.Summarize,
        ["as"] = SimpleOperators.As,
        ["invoke"] = SimpleOperators.Invoke,
        ["union"] = TableOperators.Union,
        ["join"] = TableOperators.Join,
        ["lookup"] = TableOperators.Join,
        ["search"] = TableOperators.Search,
        ["parse"] = ParseOperator.Parse,
        ["parse-where"] = ParseOperator.Parse,
        ["mv-expand"] = MvExpandOperator.Parse,
        ["mvexpand"] = MvExpandOperator.Parse,
        ["reduce"] = ReduceOperator.Parse,
        ["render"] = RenderOperator.Parse,
    };

    private static readonly Dictionary<string, Func<PipelineParser, Token, OperatorSyntax>> s_sources = new(StringComparer.Ordinal)
    {
        ["print"] = SimpleOperators.List,
        ["range"] = TableOperators.Range,
        ["datatable"] = TableOperators.Datatable,
        ["union"] = TableOperators.Union,
        ["search"] = TableOperators.Search,
        ["externaldata"] = Unsupported,
        ["find"] = Unsupported,
        ["evaluate"] = Unsupported,
        ["macro"] = Unsupported,
    };

    // Parsed as far as brackets go, so that the rest of the text is still checked.
    private static readonly HashSet<string> s_unsupported = new(StringComparer.Ordinal)
    {
        "assert", "evaluate", "execute-and-cache", "facet", "find", "fork", "graph-mark-components", "graph-match", "graph-shortest-paths",
        "graph-to-table", "graph-where-edges", "graph-where-nodes", "macro-expand", "make-graph", "make-series", "mv-apply", "mvapply", "parse-kv",
        "partition", "__partitionby", "project-by-names", "sample", "sample-distinct", "scan", "top-hitters", "top-nested",
    };

    /// <summary>All operators of the language that may stand behind a pipe.</summary>
    public static IEnumerable<string> Names => s_operators.Keys.Concat(s_unsupported);

    /// <summary>What parses an operator behind a pipe, or null.</summary>
    public static Func<PipelineParser, Token, OperatorSyntax>? Find(string name) => s_operators.GetValueOrDefault(name);

    /// <summary>What parses an operator at the beginning of a query, or null.</summary>
    public static Func<PipelineParser, Token, OperatorSyntax>? FindSource(string name) =>
        s_sources.GetValueOrDefault(name);

    /// <summary>Whether the language has such an operator, though it is not run here yet.</summary>
    public static bool IsKnown(string name) => s_unsupported.Contains(name);

    private static UnsupportedOperatorSyntax Unsupported(PipelineParser parser, Token name)
    {
        parser.Cursor.SkipOperator();
        return new UnsupportedOperatorSyntax(name.Text == "macro" ? "macro-expand" : name.Text, name.Span);
    }
}
