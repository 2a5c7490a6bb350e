namespace Bongsu.Query.Functions.Operators;

/// <summary><c>==</c>.</summary>
internal sealed class Equal() : EqualityOperator("==", isNegated: false);
