namespace Bongsu.Stream.Events;

/// <summary>Fewer than so many rows of a key in the time that just passed.</summary>
/// <param name="Below">Rows below which it is flat.</param>
/// <param name="Within">The time; counted from the key's first row (without keys: from the rule's start).</param>
/// <param name="ForgetsKeys">True: a key that was told is watched again from its next row on; false: it stays told
/// until rows come.</param>
public sealed record FlatlineSpec(int Below, TimeSpan Within, bool ForgetsKeys) : EventSpec;
