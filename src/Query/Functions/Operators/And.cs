namespace Bongsu.Query.Functions.Operators;

/// <summary><c>and</c>: false wins over null.</summary>
internal sealed class And() : LogicOperator("and", decisive: false);
