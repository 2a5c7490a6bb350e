namespace Bongsu.Alert.Bands;

/// <summary>Where a point lies in a season: between two bins, by weight, in a fine slot, and in which kinds of
/// day.</summary>
internal readonly record struct SeasonPlace(
    ushort Low, ushort High, float HighWeight, ushort Fine, ushort ScaleLow, ushort ScaleHigh, byte Kind, int LocalDay);
