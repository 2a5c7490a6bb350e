namespace Bongsu.Alert.Judges;

/// <summary>What a judge knows of its past that the store does not.</summary>
/// <param name="ThroughTicks">End of the last window that was judged.</param>
/// <param name="Keys">Keys of <paramref name="First"/>.</param>
/// <param name="First">Values as they were judged.</param>
internal sealed record BandPast(long ThroughTicks, SeriesKeys Keys, FirstValues First);
