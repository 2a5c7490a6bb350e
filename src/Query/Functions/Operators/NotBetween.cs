namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!between</c>.</summary>
internal sealed class NotBetween() : BetweenOperator("!between");
