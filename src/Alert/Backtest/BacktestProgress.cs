namespace Bongsu.Alert.Backtest;

/// <summary>How far a backtest is.</summary>
/// <param name="IsLearning">True while bands are learnt from what lies before the span.</param>
/// <param name="Share">Of this stage, 0 to 1.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="ReachedTicks">Ingestion time (or event time) reached, UTC ticks.</param>
public sealed record BacktestProgress(bool IsLearning, double Share, long Rows, long ReachedTicks);
