using Bongsu.Alert.Bands;

namespace Bongsu.Alert.Judges;

/// <summary>What one series was like so far, and how unlike that its next value is. One owner.</summary>
internal abstract class SeriesModel
{
    /// <summary>Bytes it holds, about.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Forgets everything and learns a history, in order of time.</summary>
    /// <param name="points">The points.</param>
    /// <param name="isExcluded">Whether a time is not to be learnt from; null = none.</param>
    public abstract void Learn(ReadOnlySpan<BandPoint> points, Func<long, bool>? isExcluded);

    /// <summary>Judges the next value, then learns from it.</summary>
    /// <param name="ticks">Start of its slot.</param>
    /// <param name="value">The value; NaN where there is none.</param>
    /// <param name="use">What may be learnt; <see cref="PointUse.Alerting"/> where the value before was outside.</param>
    /// <returns>What was expected; its score is 1 or more where the value is outside.</returns>
    public abstract Band Take(long ticks, double value, PointUse use);

    /// <summary>Judges a value that late rows changed.</summary>
    /// <param name="told">What <see cref="Take"/> said.</param>
    /// <param name="value">The value as it is now.</param>
    public abstract Band TakeAgain(Band told, double value);
}
