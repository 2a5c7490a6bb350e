namespace Bongsu.Query.Functions.Casts;

/// <summary>To a duration.</summary>
internal sealed class ToTimeSpan() : CastFunction("totimespan(value:any) -> timespan", "totime");
