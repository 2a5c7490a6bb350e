namespace Bongsu.Tests.Stream.Events;

/// <summary>A row as the reference sees it.</summary>
internal readonly record struct EventRow(long Ticks, string Service, string Level, double Ms);
