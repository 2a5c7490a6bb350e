namespace Bongsu.Query.Functions.Conditional;

/// <summary>True for what is not null.</summary>
internal sealed class IsNotNull() : NullTest("isnotnull", countsEmpty: false, isNegated: true, "notnull");
