namespace Bongsu.Query.Functions.Casts;

/// <summary>To a decimal.</summary>
internal sealed class ToDecimal() : CastFunction("todecimal(value:any) -> decimal");
