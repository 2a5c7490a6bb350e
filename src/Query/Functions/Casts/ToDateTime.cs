namespace Bongsu.Query.Functions.Casts;

/// <summary>To a point in time, from any usual notation.</summary>
internal sealed class ToDateTime() : CastFunction("todatetime(value:any) -> datetime");
