namespace Bongsu.Query.Functions.Operators;

/// <summary><c>has_all</c>: every term is there.</summary>
internal sealed class HasAll() : TermListOperator("has_all", isAll: true);
