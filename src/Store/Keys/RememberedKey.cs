namespace Bongsu.Store.Keys;

/// <summary>A key that was stored.</summary>
/// <param name="Hash">See <see cref="KeyHash"/>.</param>
/// <param name="Sequence">The log's sequence of its batch.</param>
/// <param name="Ticks">When it was stored.</param>
internal readonly record struct RememberedKey(UInt128 Hash, long Sequence, long Ticks);
