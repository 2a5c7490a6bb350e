namespace Bongsu.Tests.Stream;

/// <summary>A row of the test table; its event time is in seconds from <see cref="StreamTestBed.Start"/>.</summary>
internal readonly record struct LogRow(double Seconds, string Service = "pay", string Level = "error", double Ms = 1, string? Message = null);
