namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!=</c>, also written <c>&lt;&gt;</c>.</summary>
internal sealed class NotEqual() : EqualityOperator("!=", isNegated: true, "<>");
