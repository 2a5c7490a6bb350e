namespace Bongsu.LogBench.Answers;

/// <summary>A line of the file that a query must return.</summary>
/// <param name="TimeMs">Its time, Unix ms.</param>
/// <param name="OffsetBytes">Where it starts.</param>
/// <param name="LengthBytes">Its length.</param>
internal readonly record struct LinePlace(long TimeMs, long OffsetBytes, int LengthBytes);
