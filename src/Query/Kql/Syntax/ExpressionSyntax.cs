using Bongsu.Core.Types;

namespace Bongsu.Query.Kql.Syntax;

/// <summary>An expression as written. Immutable.</summary>
/// <param name="Span">Where it stands.</param>
internal abstract record ExpressionSyntax(TextSpan Span);

/// <summary>A literal.</summary>
internal sealed record LiteralSyntax(Scalar Value, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A name: <c>a</c>, <c>['a b']</c>, <c>$left</c>, or a keyword such as <c>true</c>.</summary>
internal sealed record NameSyntax(string Name, bool IsQuoted, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A name with wildcards: <c>a*</c>; <c>*</c> alone too.</summary>
internal sealed record WildcardSyntax(string Pattern, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>target.name</c>.</summary>
internal sealed record MemberSyntax(ExpressionSyntax Target, string Name, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>target[index]</c>.</summary>
internal sealed record IndexSyntax(
    ExpressionSyntax Target,
    ExpressionSyntax Index,
    TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>name(arguments)</c>.</summary>
internal sealed record CallSyntax(
    string Name, IReadOnlyList<ArgumentSyntax> Arguments, TextSpan NameSpan, TextSpan Span) : ExpressionSyntax(Span)
{
    /// <summary>What stands before the dot (<c>database("x").T</c>), or null.</summary>
    public ExpressionSyntax? Receiver { get; init; }
}

/// <summary>An argument, with its name where it has one (<c>f(b=1)</c>).</summary>
internal sealed record ArgumentSyntax(string? Name, ExpressionSyntax Value);

/// <summary><c>-x</c> or <c>+x</c>.</summary>
internal sealed record UnarySyntax(string Operator, ExpressionSyntax Operand, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A binary operator.</summary>
internal sealed record BinarySyntax(
    string Operator, ExpressionSyntax Left, ExpressionSyntax Right, TextSpan OperatorSpan, TextSpan Span)
    : ExpressionSyntax(Span);

/// <summary><c>x between (low .. high)</c>.</summary>
internal sealed record BetweenSyntax(
    ExpressionSyntax Value, ExpressionSyntax Low, ExpressionSyntax High, bool IsNegated, TextSpan Span)
    : ExpressionSyntax(Span);

/// <summary><c>x in (…)</c>, <c>has_any (…)</c> and their like.</summary>
internal sealed record ListSyntax(
    string Operator, ExpressionSyntax Value, IReadOnlyList<ExpressionSyntax> Items, TextSpan OperatorSpan,
    TextSpan Span)
    : ExpressionSyntax(Span);

/// <summary><c>typeof(T)</c>.</summary>
internal sealed record TypeofSyntax(IReadOnlyList<ScalarType> Types, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A table query where an expression may stand: <c>(T | count)</c>, arguments of <c>toscalar</c>, sides of a
/// join.</summary>
internal sealed record PipelineSyntax(
    ExpressionSyntax? Source, IReadOnlyList<OperatorSyntax> Operators, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>The body of a <c>let</c> function: <c>(a:long = 1) { … }</c>.</summary>
internal sealed record FunctionSyntax(
    IReadOnlyList<ParameterSyntax> Parameters, IReadOnlyList<StatementSyntax> Statements, ExpressionSyntax? Body,
    TextSpan Span)
    : ExpressionSyntax(Span)
{
    /// <summary>Declared as <c>view</c>: wildcards see it like a table.</summary>
    public bool IsView { get; init; }
}

/// <summary>A parameter of a function, or of <c>declare query_parameters</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Of a scalar.</param>
/// <param name="TableColumns">Of a table, the columns it must have; null for a scalar.</param>
/// <param name="Default">Its value where the call gives none, or null.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record ParameterSyntax(
    string Name, ScalarType Type, IReadOnlyList<Column>? TableColumns, ExpressionSyntax? Default, TextSpan Span);

/// <summary><c>name = expression</c>, <c>(a, b) = expression</c> or an expression alone.</summary>
internal sealed record NamedExpressionSyntax(IReadOnlyList<NameSyntax> Names, ExpressionSyntax Value, bool IsList)
{
    /// <summary>Where it stands.</summary>
    public TextSpan Span =>
        Names.Count == 0 ? Value.Span : new TextSpan(Names[0].Span.Start, Value.Span.End - Names[0].Span.Start);
}
