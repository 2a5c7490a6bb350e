namespace Bongsu.Alert.Bands;

/// <summary>How far the mean of the last values is from where such means were over a longer past.</summary>
/// <remarks>
/// In standard deviations of the means, so that it is noticed when noise turns into a lasting excess. The idea is that of the
/// anomaly likelihood: Ahmad et al., "Unsupervised real-time anomaly detection for streaming data", Neurocomputing 2017,
/// section 3.2. Not thread-safe.
/// </remarks>
internal sealed class MeanDrift
{
    private const int WarmUp = 10;

    // What a departure from a series that never varied counts for.
    private const double FromConstant = 10;

    private readonly double _shortRate;
    private readonly double _longRate;
    private double _shortMean;
    private double _longMean;
    private double _variance;
    private long _count;

    /// <summary>A drift that has seen nothing.</summary>
    /// <param name="length">Values that the mean is about.</param>
    /// <param name="halfLife">Values after which a mean counts half.</param>
    public MeanDrift(int length, int halfLife)
    {
        _shortRate = 2.0 / (length + 1);
        _longRate = 1 - Math.Pow(0.5, 1.0 / halfLife);
    }

    /// <summary>Bytes it holds.</summary>
    public static int SizeBytes => 16 + (6 * 8);

    /// <summary>Takes a value.</summary>
    /// <returns>The distance in standard deviations, at least 0.</returns>
    public double Add(double value)
    {
        _count++;
        _shortMean += Math.Max(_shortRate, 1.0 / _count) * (value - _shortMean);
        double distance = _shortMean - _longMean;
        double deviation = Math.Sqrt(_variance);
        double drift = _count < WarmUp || distance == 0 ? 0 : deviation > 0 ? Math.Abs(distance) / deviation : FromConstant;
        double rate = Math.Max(_longRate, 1.0 / _count);
        _longMean += rate * distance;
        _variance = (1 - rate) * (_variance + (rate * distance * distance));
        return drift;
    }

    /// <summary>Writes its state.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_shortMean);
        writer.Write(_longMean);
        writer.Write(_variance);
        writer.Write(_count);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader reader)
    {
        _shortMean = BandBytes.ReadFinite(reader);
        _longMean = BandBytes.ReadFinite(reader);
        _variance = Math.Max(0, BandBytes.ReadFinite(reader));
        _count = BandBytes.ReadCount(reader);
    }
}
