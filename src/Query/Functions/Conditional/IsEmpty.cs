namespace Bongsu.Query.Functions.Conditional;

/// <summary>True for null and for the empty string.</summary>
internal sealed class IsEmpty() : NullTest("isempty", countsEmpty: true, isNegated: false);
