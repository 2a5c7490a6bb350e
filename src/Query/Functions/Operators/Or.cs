namespace Bongsu.Query.Functions.Operators;

/// <summary><c>or</c>: true wins over null.</summary>
internal sealed class Or() : LogicOperator("or", decisive: true);
