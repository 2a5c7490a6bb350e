namespace Bongsu.Query.Functions.Conditional;

/// <summary>True for what is neither null nor the empty string.</summary>
internal sealed class IsNotEmpty() : NullTest("isnotempty", countsEmpty: true, isNegated: true, "notempty");
