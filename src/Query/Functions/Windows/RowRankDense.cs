namespace Bongsu.Query.Functions.Windows;

/// <summary>Ranks without gaps: 1, 2, 2, 3.</summary>
internal sealed class RowRankDense() : RowRankFunction("row_rank_dense", isDense: true);
