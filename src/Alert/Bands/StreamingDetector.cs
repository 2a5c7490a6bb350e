namespace Bongsu.Alert.Bands;

/// <summary>Scores each value of a series by how unlike its past it is, with no season known beforehand and no look-ahead.</summary>
/// <remarks>
/// Five views of a value: how far it is outside what was seen lately at this time of day, with the day cut into 6, 24 and 96
/// bins, and the drift of the mean of ten values and of a hundred. How rare each distance is comes from the tail of its own
/// past (<see cref="UpperTail"/>), so nothing has a unit or a threshold. Views overlap, so their sum is no probability: half of
/// the evidence is how rare the sum itself is. A longer past brings more rare values, so the evidence asked for grows with the
/// logarithm of the number of values, as in on-line control of false discoveries (Javanmard and Montanari, "Online rules for
/// control of false discovery rate", Annals of Statistics 2018). After a score the detector is quiet for a while, unless the
/// evidence grows. One setting for all series; memory is constant. Not thread-safe: one owner. Format:
/// docs/formats/streaming-detector.md.
/// </remarks>
public sealed class StreamingDetector
{
    private const byte FormatVersion = 1;

    // The slow drift is half a view. The views overlap: together they count for three.
    private const double SlowWeight = 0.5;
    private const double SumWeight = 3 / (4 + SlowWeight);

    // The past counts for so many values at least, and at most: two months of five minutes.
    private const int MinPast = 500;
    private const int MaxPast = 20_000;

    // The sum's own tail starts once the views' tails have.
    private const int WarmUp = 100;

    // Quiet after a score: a share of the past, but no more than a day of five minutes.
    private const double QuietShare = 0.15;
    private const int MaxQuiet = 300;

    // In decades of rarity: what more evidence must bring while quiet, and what is worth a score of one half.
    private const double MinRise = 0.3;
    private const double HalfScore = 4;

    // Values further out are taken for this, so that squares stay finite.
    private const double MaxValue = 1e100;

    private readonly DayEnvelope[] _envelopes = [new(6), new(24), new(96)];
    private readonly MeanDrift _drift = new(length: 10, halfLife: 500);
    private readonly MeanDrift _slowDrift = new(length: 100, halfLife: 2000);
    private readonly UpperTail[] _envelopeTails = [new(), new(), new()];
    private readonly UpperTail _driftTail = new();
    private readonly UpperTail _slowTail = new();
    private readonly UpperTail _sumTail = new(threshold: 4, scale: 1, minScale: 0.3);
    private double _peak;
    private long _count;
    private long _peakCount = -MaxQuiet;

    /// <summary>Bytes it holds, about; always the same.</summary>
    public long MeasureBytes() =>
        96 + _envelopes.Sum(envelope => envelope.SizeBytes) + (2 * MeanDrift.SizeBytes) + (6 * (8 + UpperTail.SizeBytes));

    /// <summary>Takes the next value of the series.</summary>
    /// <param name="ticks">Its time in UTC; only the time of day matters.</param>
    /// <param name="value">What is not finite is passed over and scores 0.</param>
    /// <returns>From 0, nothing unusual, to 1.</returns>
    public double Score(long ticks, double value)
    {
        if (!double.IsFinite(value))
        {
            return 0;
        }

        _count++;
        double evidence = Weigh(ticks, Math.Clamp(value, -MaxValue, MaxValue));
        double quiet = Math.Min(MaxQuiet, QuietShare * _count);
        if (evidence <= 0 || (_count - _peakCount <= quiet && evidence < _peak + MinRise))
        {
            return 0;
        }

        _peak = evidence;
        _peakCount = _count;
        return evidence / (evidence + HalfScore);
    }

    /// <summary>Writes all it knows.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(FormatVersion);
        writer.Write(_count);
        writer.Write(_peakCount);
        writer.Write(_peak);
        _drift.Write(writer);
        _slowDrift.Write(writer);
        _driftTail.Write(writer);
        _slowTail.Write(writer);
        _sumTail.Write(writer);
        foreach (UpperTail tail in _envelopeTails)
        {
            tail.Write(writer);
        }

        foreach (DayEnvelope envelope in _envelopes)
        {
            envelope.Write(writer);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a detector's.</exception>
    public static StreamingDetector Read(BinaryReader reader)
    {
        try
        {
            byte version = reader.ReadByte();
            if (version != FormatVersion)
            {
                throw new InvalidDataException($"state of a detector: version {version}, expected {FormatVersion}");
            }

            var detector = new StreamingDetector();
            detector.ReadState(reader);
            return detector;
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("state of a detector: the bytes end too early");
        }
    }

    // Decades of rarity, less those that a past of this length brings by chance.
    private double Weigh(long ticks, double value)
    {
        double sum = _driftTail.Add(_drift.Add(value)) + (SlowWeight * _slowTail.Add(_slowDrift.Add(value)));
        for (int view = 0; view < _envelopes.Length; view++)
        {
            sum += _envelopeTails[view].Add(_envelopes[view].Add(ticks, value));
        }

        sum *= SumWeight;
        double own = _count > WarmUp ? _sumTail.Add(sum) : 0;
        double past = Math.Clamp(_count, MinPast, MaxPast);
        return sum == 0 ? 0 : ((sum + own) / 2) - (2 * Math.Log10(past / 1000));
    }

    private void ReadState(BinaryReader reader)
    {
        _count = BandBytes.ReadCount(reader);
        _peakCount = Math.Min(reader.ReadInt64(), _count);
        _peak = BandBytes.ReadFinite(reader);
        _drift.Read(reader);
        _slowDrift.Read(reader);
        _driftTail.Read(reader);
        _slowTail.Read(reader);
        _sumTail.Read(reader);
        foreach (UpperTail tail in _envelopeTails)
        {
            tail.Read(reader);
        }

        foreach (DayEnvelope envelope in _envelopes)
        {
            envelope.Read(reader);
        }
    }
}
