namespace Bongsu.Query.Functions.Casts;

/// <summary>To a 64-bit integer, truncating; ticks of a time.</summary>
internal sealed class ToLong() : CastFunction("tolong(value:any) -> long");
