namespace Bongsu.Alert.Judges;

/// <summary>Models as they were when the last window was judged, from the store.</summary>
/// <param name="Series">The models.</param>
/// <param name="ThroughTicks">End of the last window they have taken.</param>
/// <param name="Told">What was held against what, of windows that late rows may change.</param>
internal sealed record LearntBands(
    SeriesBands Series, long ThroughTicks, SortedDictionary<long, ToldBands> Told);
