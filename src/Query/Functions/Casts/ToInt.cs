namespace Bongsu.Query.Functions.Casts;

/// <summary>To a 32-bit integer, truncating.</summary>
internal sealed class ToInt() : CastFunction("toint(value:any) -> int");
