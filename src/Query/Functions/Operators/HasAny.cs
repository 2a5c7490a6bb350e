namespace Bongsu.Query.Functions.Operators;

/// <summary><c>has_any</c>: at least one of the terms is there.</summary>
internal sealed class HasAny() : TermListOperator("has_any", isAll: false);
