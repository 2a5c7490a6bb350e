namespace Bongsu.Stream.Events;

/// <summary>At least so many rows of a key within a time that slides with every row.</summary>
/// <param name="Count">Rows.</param>
/// <param name="Within">The time from the first of them to the last.</param>
public sealed record FrequencySpec(int Count, TimeSpan Within) : EventSpec;
