using Bongsu.Alert.Bands;

namespace Bongsu.Alert.Judges;

/// <summary>What the values of a window were held against, and the values as they were then: both by series. Immutable.</summary>
internal sealed record ToldBands(Band[] Bands, double[] Values)
{
    /// <summary>The value of a series; NaN where it had none.</summary>
    public double ValueOf(int key) => key < Values.Length ? Values[key] : double.NaN;

    /// <summary>The same for series in another order.</summary>
    /// <param name="numbers">The number here of each of them; below 0 where it was not there.</param>
    public ToldBands Renumbered(int[] numbers) => new(
        [.. numbers.Select(number => number >= 0 && number < Bands.Length ? Bands[number] : default)],
        [.. numbers.Select(number => number >= 0 ? ValueOf(number) : double.NaN)]);
}
