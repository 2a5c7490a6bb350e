namespace Bongsu.Query.Functions.Casts;

/// <summary>Prints any value; null is the empty string.</summary>
internal sealed class ToText() : CastFunction("tostring(value:any) -> string");
