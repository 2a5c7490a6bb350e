namespace Bongsu.Alert.Bands;

/// <summary>Between which values a series was lately at this time of day.</summary>
/// <remarks>
/// The UTC day is cut into equal bins; each keeps an upper and a lower bound that a value outside widens and every other value
/// narrows a little. Not thread-safe.
/// </remarks>
internal sealed class DayEnvelope
{
    // The part of the way that a bound goes to a value beyond it, and to one within.
    private const double WidenRate = 0.5;
    private const double NarrowRate = 0.1;

    // An empty bin's lower bound is above its upper.
    private readonly double[] _lower;
    private readonly double[] _upper;

    /// <summary>An empty envelope of so many bins.</summary>
    public DayEnvelope(int binCount)
    {
        _lower = new double[binCount];
        _upper = new double[binCount];
        Array.Fill(_lower, double.MaxValue);
        Array.Fill(_upper, double.MinValue);
    }

    /// <summary>Bytes it holds.</summary>
    public int SizeBytes => 32 + (2 * 24) + (2 * 8 * _lower.Length);

    /// <summary>Takes a value.</summary>
    /// <returns>How far it is outside the bounds; 0 within them, and for the first of a bin.</returns>
    public double Add(long ticks, double value)
    {
        long time = ((ticks % TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay) % TimeSpan.TicksPerDay;
        int bin = (int)(time * _lower.Length / TimeSpan.TicksPerDay);
        ref double lower = ref _lower[bin];
        ref double upper = ref _upper[bin];
        if (lower > upper)
        {
            lower = upper = value;
            return 0;
        }

        double outside = Math.Max(0, Math.Max(value - upper, lower - value));
        upper += (value - upper) * (value > upper ? WidenRate : NarrowRate);
        lower += (value - lower) * (value < lower ? WidenRate : NarrowRate);
        return outside;
    }

    /// <summary>Writes its state.</summary>
    public void Write(BinaryWriter writer)
    {
        for (int bin = 0; bin < _lower.Length; bin++)
        {
            writer.Write(_lower[bin]);
            writer.Write(_upper[bin]);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote for as many bins.</summary>
    public void Read(BinaryReader reader)
    {
        for (int bin = 0; bin < _lower.Length; bin++)
        {
            _lower[bin] = BandBytes.ReadFinite(reader);
            _upper[bin] = BandBytes.ReadFinite(reader);
        }
    }
}
