namespace Bongsu.Store.Parts;

/// <summary>Rows of one stream that follow each other in a block.</summary>
/// <param name="Rank">The stream's place in the order of streams.</param>
/// <param name="End">The row behind the last one.</param>
internal readonly record struct StreamRun(int Rank, int End);
