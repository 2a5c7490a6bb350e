namespace Bongsu.Query.Functions.Time;

/// <summary>Nanoseconds since 1970-01-01 as a time, cut to 100 ns.</summary>
internal sealed class UnixTimeNanoseconds() : UnixTimeFunction("nanoseconds", 0.01m);
