namespace Bongsu.Stream;

/// <summary>Feeds rows that were stored before to queries that were just started.</summary>
/// <param name="flow">Their table.</param>
/// <param name="queries">Who was started.</param>
/// <param name="arrivedThroughTicks">Batches that arrived later pass the flow themselves and must be left out.</param>
internal delegate void WarmQueries(TableFlow flow, IReadOnlyList<ContinuousQuery> queries, long arrivedThroughTicks);
