namespace Bongsu.Query.Functions.Windows;

/// <summary>Ranks that count rows: 1, 2, 2, 4.</summary>
internal sealed class RowRankMin() : RowRankFunction("row_rank_min", isDense: false);
