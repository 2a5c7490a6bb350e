using Bongsu.Alert.Bands;
using Bongsu.Core.Vectors;

namespace Bongsu.Alert.Judges;

/// <summary>What the values of a window were held against. Valid during the call it is handed over in.</summary>
/// <param name="EndTicks">End of the window.</param>
/// <param name="IsCorrection">True where the window was told before.</param>
/// <param name="Keys">The keys by number: a vector for each key column.</param>
/// <param name="Values">The value of each key; NaN where it has none.</param>
/// <param name="Bands">The band of each key; there may be fewer than keys.</param>
internal sealed record JudgedBands(
    long EndTicks, bool IsCorrection, IReadOnlyList<Vector> Keys, IReadOnlyList<double> Values, IReadOnlyList<Band> Bands);
