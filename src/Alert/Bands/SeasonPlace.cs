namespace Bongsu.Alert.Bands;

/// <summary>Where a point lies in a season: between two bins, by weight, in a fine slot, and in which kinds of
/// day.</summary>
internal readonly record struct SeasonPlace(
    int Low, int High, float HighWeight, int Fine, int ScaleLow, int ScaleHigh, byte Kind, int LocalDay);
