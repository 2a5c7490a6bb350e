namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!in</c>.</summary>
internal sealed class NotIn() : InOperator("!in");
