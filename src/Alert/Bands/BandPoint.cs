namespace Bongsu.Alert.Bands;

/// <summary>One point of a series.</summary>
/// <param name="Ticks">Start of its slot: UTC in ticks of 100 ns.</param>
/// <param name="Value">Its value; NaN where there is none.</param>
public readonly record struct BandPoint(long Ticks, double Value);
