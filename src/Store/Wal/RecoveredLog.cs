namespace Bongsu.Store.Wal;

/// <summary>What was found of the log at start.</summary>
/// <param name="Segments">The segments with records, oldest first.</param>
/// <param name="NextSegment">Number of the next segment.</param>
/// <param name="LastSequence">Sequence of the last record.</param>
/// <param name="LastTicks">When the last record was stored.</param>
internal sealed record RecoveredLog(List<LogSegment> Segments, long NextSegment, long LastSequence, long LastTicks);
