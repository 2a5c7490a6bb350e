using Bongsu.Core.Types;

namespace Bongsu.Query.Kql.Syntax;

/// <summary>One step of a pipeline, or its beginning (<c>print</c>, <c>range</c>, <c>datatable</c>, <c>union</c>,
/// <c>search</c>).</summary>
/// <param name="Name">The operator's name as written.</param>
/// <param name="Span">The name's place.</param>
internal abstract record OperatorSyntax(string Name, TextSpan Span);

/// <summary>Operators that are a list of (named) expressions: <c>project</c>, <c>extend</c>, <c>distinct</c>,
/// <c>print</c>, <c>project-away</c>, <c>project-rename</c> …</summary>
internal sealed record ListOperatorSyntax(
    string Name,
    IReadOnlyList<NamedExpressionSyntax> Items,
    TextSpan Span) : OperatorSyntax(Name, Span);

/// <summary><c>where</c>.</summary>
internal sealed record WhereSyntax(string Name, ExpressionSyntax Predicate, TextSpan Span) : OperatorSyntax(Name, Span);

/// <summary><c>take</c>, <c>limit</c>, <c>sample</c>.</summary>
internal sealed record TakeSyntax(string Name, ExpressionSyntax Count, TextSpan Span) : OperatorSyntax(Name, Span);

/// <summary>Operators without arguments: <c>count</c>, <c>getschema</c>, <c>consume</c>.</summary>
internal sealed record BareOperatorSyntax(string Name, TextSpan Span) : OperatorSyntax(Name, Span);

/// <summary><c>as name</c>.</summary>
internal sealed record AsSyntax(string Name, NameSyntax Alias, TextSpan Span) : OperatorSyntax(Name, Span);

/// <summary><c>invoke f(…)</c>.</summary>
internal sealed record InvokeSyntax(string Name, CallSyntax Call, TextSpan Span) : OperatorSyntax(Name, Span);

/// <summary><c>summarize a by b</c>.</summary>
internal sealed record SummarizeSyntax(
    string Name, IReadOnlyList<NamedExpressionSyntax> Aggregates, IReadOnlyList<NamedExpressionSyntax> Keys,
    TextSpan Span)
    : OperatorSyntax(Name, Span);

/// <summary>A key of <c>sort</c>, <c>top</c> and <c>project-reorder</c>.</summary>
/// <param name="Value">What is compared.</param>
/// <param name="Direction"><c>asc</c>, <c>desc</c>, <c>granny-asc</c>, <c>granny-desc</c>, or null.</param>
/// <param name="NullsFirst">As written, or null.</param>
internal sealed record OrderedSyntax(NamedExpressionSyntax Value, string? Direction, bool? NullsFirst);

/// <summary><c>sort by</c> (<paramref name="Count"/> null) and <c>top n by</c>.</summary>
internal sealed record SortSyntax(
    string Name,
    ExpressionSyntax? Count,
    IReadOnlyList<OrderedSyntax> Keys,
    TextSpan Span) : OperatorSyntax(Name, Span);

/// <summary><c>project-reorder</c>.</summary>
internal sealed record ReorderSyntax(
    string Name,
    IReadOnlyList<OrderedSyntax> Items,
    TextSpan Span) : OperatorSyntax(Name, Span);

/// <summary><c>union</c>, at the beginning or after a pipe.</summary>
internal sealed record UnionSyntax(
    string Name, IReadOnlyDictionary<string, string> Options, IReadOnlyList<ExpressionSyntax> Tables, TextSpan Span)
    : OperatorSyntax(Name, Span);

/// <summary><c>join</c> and <c>lookup</c>.</summary>
internal sealed record JoinSyntax(
    string Name, IReadOnlyDictionary<string, string> Options, ExpressionSyntax Right,
    IReadOnlyList<ExpressionSyntax> Conditions, TextSpan Span)
    : OperatorSyntax(Name, Span);

/// <summary><c>range x from a to b step s</c>.</summary>
internal sealed record RangeSyntax(
    string Name, NameSyntax Column, ExpressionSyntax From, ExpressionSyntax To, ExpressionSyntax Step, TextSpan Span)
    : OperatorSyntax(Name, Span);

/// <summary><c>datatable(a:long)[1, 2]</c>.</summary>
internal sealed record DatatableSyntax(
    string Name, IReadOnlyList<Column> Columns, IReadOnlyList<ExpressionSyntax> Values, TextSpan Span)
    : OperatorSyntax(Name, Span);

/// <summary>A column of <c>mv-expand</c>.</summary>
internal sealed record ExpandedSyntax(NamedExpressionSyntax Value, ScalarType? Type);

/// <summary><c>mv-expand</c>.</summary>
internal sealed record MvExpandSyntax(
    string Name, IReadOnlyDictionary<string, string> Options, IReadOnlyList<ExpandedSyntax> Columns,
    ExpressionSyntax? Limit, TextSpan Span)
    : OperatorSyntax(Name, Span);

/// <summary>A piece of a <c>parse</c> pattern: a literal, a column, or <c>*</c> (both null).</summary>
internal sealed record ParsePieceSyntax(string? Literal, NameSyntax? Column, ScalarType? Type, TextSpan Span);

/// <summary><c>parse</c> and <c>parse-where</c>.</summary>
internal sealed record ParseSyntax(
    string Name, IReadOnlyDictionary<string, string> Options, ExpressionSyntax Text,
    IReadOnlyList<ParsePieceSyntax> Pieces, TextSpan Span)
    : OperatorSyntax(Name, Span);

/// <summary><c>reduce by</c>.</summary>
internal sealed record ReduceSyntax(
    string Name, IReadOnlyDictionary<string, string> Options, ExpressionSyntax Text,
    ExpressionSyntax? Threshold, ExpressionSyntax? Characters, TextSpan Span)
    : OperatorSyntax(Name, Span);

/// <summary><c>search</c>, at the beginning or after a pipe.</summary>
internal sealed record SearchSyntax(
    string Name, IReadOnlyDictionary<string, string> Options, IReadOnlyList<ExpressionSyntax> Tables,
    ExpressionSyntax Predicate, TextSpan Span)
    : OperatorSyntax(Name, Span);

/// <summary><c>render kind with (…)</c>.</summary>
internal sealed record RenderSyntax(
    string Name,
    string Kind,
    IReadOnlyDictionary<string,
    string> Properties,
    TextSpan Span) : OperatorSyntax(Name, Span);

/// <summary>An operator of the language that is not run yet; what follows its name was skipped.</summary>
internal sealed record UnsupportedOperatorSyntax(string Name, TextSpan Span) : OperatorSyntax(Name, Span);
