namespace Bongsu.Query.Functions.Conditional;

/// <summary>True for null; never for a string.</summary>
internal sealed class IsNull() : NullTest("isnull", countsEmpty: false, isNegated: false);
