namespace Bongsu.Stream.Events;

/// <summary>Steps of one key one after another (A then B), or the last one missing (A without B).</summary>
/// <param name="Steps">At least two.</param>
/// <param name="Within">From the first row of the first step to the last row of the last; an absent step must not come
/// for so long after the step before it.</param>
public sealed record SequenceSpec(IReadOnlyList<SequenceStep> Steps, TimeSpan Within) : EventSpec
{
    /// <inheritdoc/>
    internal override IEnumerable<string> Watched => Steps.Select(step => step.Column);
}
