namespace Bongsu.Alert.Bands;

/// <summary>What is expected of a series at one time.</summary>
/// <param name="Expected">The most likely value.</param>
/// <param name="Lower">Values below are anomalous; −∞ where the rule does not look at low values.</param>
/// <param name="Upper">Values above are anomalous; +∞ where the rule does not look at high values.</param>
/// <param name="IsReady">Enough has been learnt to judge by.</param>
/// <param name="Score">Of the value judged: 0 inside the band, 1 at its edge, and so on in half widths of the band; 0 where no value
/// was judged or the band is not ready.</param>
public readonly record struct Band(double Expected, double Lower, double Upper, bool IsReady, double Score);
