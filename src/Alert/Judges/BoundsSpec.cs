namespace Bongsu.Alert.Judges;

/// <summary>
/// A window's value against fixed bounds, where too little means something only once a window could fill: it fires for
/// keys that had
/// rows in the window before too.
/// </summary>
/// <param name="Min">Lower values fire.</param>
/// <param name="Max">Higher values fire, whatever the key's past; null = none do.</param>
public sealed record BoundsSpec(double Min, double? Max) : JudgeSpec;
