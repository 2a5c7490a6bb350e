namespace Bongsu.LogBench.Reporting;

/// <summary>Times of one query on another engine.</summary>
/// <param name="FirstMs">First run.</param>
/// <param name="MedianMs">Median of the warm runs.</param>
internal sealed record PeerQuery(double FirstMs, double MedianMs);
