using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Functions.Time;

/// <summary>Milliseconds since 1970-01-01 as a time.</summary>
internal sealed class UnixTimeMilliseconds() : UnixTimeFunction("milliseconds", Ticks.PerMillisecond);
