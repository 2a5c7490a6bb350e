namespace Bongsu.Query.Functions.Operators;

/// <summary><c>in</c>.</summary>
internal sealed class In() : InOperator("in");
