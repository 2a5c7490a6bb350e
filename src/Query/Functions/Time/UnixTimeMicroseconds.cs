using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Functions.Time;

/// <summary>Microseconds since 1970-01-01 as a time.</summary>
internal sealed class UnixTimeMicroseconds() : UnixTimeFunction("microseconds", Ticks.PerMicrosecond);
