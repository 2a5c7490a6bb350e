namespace Bongsu.Query.Kql.Syntax;

/// <summary>A statement before the query: everything up to a <c>;</c>.</summary>
internal abstract record StatementSyntax(TextSpan Span);

/// <summary><c>let name = value</c>.</summary>
internal sealed record LetSyntax(NameSyntax Name, ExpressionSyntax Value, TextSpan Span) : StatementSyntax(Span);

/// <summary><c>declare query_parameters(…)</c>.</summary>
internal sealed record DeclareParametersSyntax(
    IReadOnlyList<ParameterSyntax> Parameters, TextSpan Span) : StatementSyntax(Span);

/// <summary><c>set option = value</c>: accepted; the engine has no options yet.</summary>
internal sealed record SetSyntax(string Name, TextSpan Span) : StatementSyntax(Span);

/// <summary>A statement that is known and not run yet (<c>alias</c>, <c>restrict</c>, <c>declare
/// pattern</c>).</summary>
internal sealed record UnsupportedStatementSyntax(string Name, TextSpan Span) : StatementSyntax(Span);

/// <summary>A query, or an expression at the end of a function body.</summary>
internal sealed record QuerySyntax(ExpressionSyntax Value) : StatementSyntax(Value.Span);
