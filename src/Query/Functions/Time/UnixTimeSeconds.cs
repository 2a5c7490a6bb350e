using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Functions.Time;

/// <summary>Seconds since 1970-01-01 as a time.</summary>
internal sealed class UnixTimeSeconds() : UnixTimeFunction("seconds", Ticks.PerSecond);
