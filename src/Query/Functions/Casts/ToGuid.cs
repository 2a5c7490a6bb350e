namespace Bongsu.Query.Functions.Casts;

/// <summary>To a guid.</summary>
internal sealed class ToGuid() : CastFunction("toguid(value:any) -> guid");
