namespace Bongsu.Query.Functions.Casts;

/// <summary>To a bool: true, false, or a number that is zero or not.</summary>
internal sealed class ToBool() : CastFunction("tobool(value:any) -> bool", "toboolean");
