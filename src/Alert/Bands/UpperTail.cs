namespace Bongsu.Alert.Bands;

/// <summary>How rare a large number is among those before it: the upper tail of a stream of numbers from 0 up.</summary>
/// <remarks>
/// Peaks over threshold: a threshold that one number in fifty exceeds, and an exponential distribution of the excesses, both
/// followed on line with slow forgetting. Source: Siffer et al., "Anomaly Detection in Streams with Extreme Value Theory", KDD
/// 2017, with the shape of the tail held at zero. Not thread-safe.
/// </remarks>
internal sealed class UpperTail
{
    private const double Share = 0.02;

    // Numbers that set the first threshold: the third largest of them, so that one in fifty exceeds it.
    private const int WarmUp = 100;

    // Further out than so many mean excesses, the distribution is anyone's guess.
    private const double MaxExcess = 10;

    // The least part of a new excess in their mean, and the least move of the threshold in mean excesses.
    private const double ScaleRate = 0.02;
    private const double ThresholdRate = 0.005;

    private readonly double _minScale = 1e-12;
    private double _threshold = double.MinValue;
    private double _scale;
    private double _largest = double.MinValue;
    private double _second = double.MinValue;
    private long _count;
    private long _excessCount;

    /// <summary>A tail that learns from its first numbers what is large, whatever their unit; till then nothing is rare.</summary>
    public UpperTail()
    {
    }

    /// <summary>A tail of numbers whose unit is known.</summary>
    /// <param name="threshold">The first threshold.</param>
    /// <param name="scale">The first mean excess.</param>
    /// <param name="minScale">What the mean excess never goes below.</param>
    public UpperTail(double threshold, double scale, double minScale)
    {
        _threshold = threshold;
        _scale = scale;
        _minScale = minScale;
        _count = WarmUp;
        _excessCount = 5;
    }

    /// <summary>Bytes it holds.</summary>
    public static int SizeBytes => 16 + (7 * 8);

    /// <summary>Takes the next number.</summary>
    /// <param name="value">Finite, 0 or more; 0 is never rare.</param>
    /// <returns>Minus the decimal logarithm of the share of numbers that are as large; 0 below the threshold.</returns>
    public double Add(double value)
    {
        _count++;
        if (_count <= WarmUp)
        {
            WarmWith(value);
            return 0;
        }

        double excess = value - _threshold;
        if (excess <= 0)
        {
            _threshold = Math.Max(0, _threshold - (Step() * Share));
            return 0;
        }

        double rarity = (Math.Min(excess / _scale, MaxExcess) * Math.Log10(Math.E)) - Math.Log10(Share);
        _excessCount++;
        double pull = Math.Min(excess, MaxExcess * _scale) - _scale;
        _scale = Math.Max(_scale + (Math.Max(1.0 / _excessCount, ScaleRate) * pull), _minScale);
        _threshold += Step() * (1 - Share);
        return rarity;
    }

    /// <summary>Writes its state.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_threshold);
        writer.Write(_scale);
        writer.Write(_largest);
        writer.Write(_second);
        writer.Write(_count);
        writer.Write(_excessCount);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader reader)
    {
        _threshold = BandBytes.ReadFinite(reader);
        _scale = BandBytes.ReadFinite(reader);
        _largest = BandBytes.ReadFinite(reader);
        _second = BandBytes.ReadFinite(reader);
        _count = BandBytes.ReadCount(reader);
        _excessCount = BandBytes.ReadCount(reader);
    }

    // Stochastic approximation of a quantile: the moves balance where the wanted share of numbers is above.
    private double Step() => _scale * Math.Max(ThresholdRate, 5.0 / _count);

    private void WarmWith(double value)
    {
        if (value > _largest)
        {
            (_threshold, _second, _largest) = (_second, _largest, value);
        }
        else if (value > _second)
        {
            (_threshold, _second) = (_second, value);
        }
        else
        {
            _threshold = Math.Max(_threshold, value);
        }

        if (_count == WarmUp)
        {
            _scale = Math.Max(((_largest + _second) / 2) - _threshold, _minScale);
            _excessCount = 2;
        }
    }
}
