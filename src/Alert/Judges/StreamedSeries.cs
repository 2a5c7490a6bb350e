using Bongsu.Alert.Bands;

namespace Bongsu.Alert.Judges;

/// <summary>A series whose values are scored by how rare they are in its own past, without a band.</summary>
/// <param name="threshold">Score from which a value is outside, above 0 to 1.</param>
internal sealed class StreamedSeries(double threshold) : SeriesModel
{
    private StreamingDetector _detector = new();

    /// <inheritdoc/>
    public override long SizeBytes => _detector.MeasureBytes();

    /// <inheritdoc/>
    public override void Learn(ReadOnlySpan<BandPoint> points, Func<long, bool>? isExcluded)
    {
        _detector = new StreamingDetector();
        foreach (BandPoint point in points)
        {
            if (isExcluded?.Invoke(point.Ticks) != true)
            {
                _detector.Score(point.Ticks, point.Value);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>What is not learnt from has no score: the detector learns whatever it scores.</remarks>
    public override Band Take(long ticks, double value, PointUse use) => new(
        double.NaN, double.NaN, double.NaN, IsReady: true, use == PointUse.Exclude ? 0 : _detector.Score(ticks, value) / threshold);

    /// <inheritdoc/>
    public override Band TakeAgain(Band told, double value) => told; // it was scored among the values of its time
}
