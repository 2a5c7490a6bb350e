namespace Bongsu.Stream.Events;

/// <summary>One step of a <see cref="SequenceSpec"/>.</summary>
/// <param name="Column">Boolean column of the rows that says which rows are of this step.</param>
/// <param name="Count">Rows that make it, at least 1.</param>
/// <param name="IsAbsent">True: the step must not come. Only the last step may be.</param>
public sealed record SequenceStep(string Column, int Count, bool IsAbsent);
