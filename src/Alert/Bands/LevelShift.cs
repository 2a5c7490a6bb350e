namespace Bongsu.Alert.Bands;

/// <summary>Notices that a series has been off its band, to one side and steadily, for a set time.</summary>
/// <remarks>
/// The time is cut into windows; a window is off when its points' mean distance is more than half the band on one side.
/// When all windows of the set time are off to the same side, the new level is the median of theirs.
/// </remarks>
internal sealed class LevelShift
{
    private const int WindowCount = 12;
    private const double MeanScoreOfShift = 0.5;

    // Levels may wander within the set time by this share of the shift and still count as one new level.
    private const double MaxSpread = 0.5;

    private readonly float[] _levels = new float[WindowCount];
    private readonly long _windowTicks;
    private long _windowStart = long.MinValue;
    private double _levelSum;
    private double _scoreSum;
    private int _pointCount;
    private int _offCount;
    private int _side;

    public LevelShift(TimeSpan shiftAfter)
    {
        _windowTicks = Math.Max(1, shiftAfter.Ticks / WindowCount);
    }

    /// <summary>Bytes it holds.</summary>
    public static long SizeBytes => 24 + 16 + 8 + 48 + 24 + (WindowCount * sizeof(float));

    /// <summary>Takes a point.</summary>
    /// <param name="ticks">Not before the point given last.</param>
    /// <param name="level">The level that would explain the value.</param>
    /// <param name="score">Distance from what was expected in half widths of the band, with its sign.</param>
    /// <param name="currentLevel">The level believed so far.</param>
    /// <param name="newLevel">The new level, where it is found.</param>
    /// <returns>Whether the level has moved for good.</returns>
    public bool Observe(long ticks, double level, double score, double currentLevel, out double newLevel)
    {
        newLevel = currentLevel;
        long start = ticks - (ticks % _windowTicks);
        bool isMoved = start != _windowStart && CloseWindow(currentLevel, out newLevel);
        if (start != _windowStart)
        {
            // A gap longer than a window says nothing of what was in it.
            if (_windowStart != long.MinValue && start - _windowStart > 3 * _windowTicks)
            {
                Reset();
            }

            _windowStart = start;
        }

        _levelSum += level;
        _scoreSum += Math.Clamp(score, -4, 4);
        _pointCount++;
        return isMoved;
    }

    /// <summary>Forgets what was off.</summary>
    public void Reset()
    {
        _levelSum = 0;
        _scoreSum = 0;
        _pointCount = 0;
        _offCount = 0;
        _side = 0;
    }

    /// <summary>As if no point had come.</summary>
    public void Forget()
    {
        Reset();
        _windowStart = long.MinValue;
    }

    /// <summary>Writes its state.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_windowStart);
        writer.Write(_levelSum);
        writer.Write(_scoreSum);
        writer.Write(_pointCount);
        writer.Write((byte)_offCount);
        writer.Write((sbyte)_side);
        foreach (float level in _levels)
        {
            writer.Write(level);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader reader)
    {
        _windowStart = reader.ReadInt64();
        _levelSum = reader.ReadDouble();
        _scoreSum = reader.ReadDouble();
        _pointCount = Math.Max(0, reader.ReadInt32());
        _offCount = Math.Min((int)reader.ReadByte(), WindowCount);
        _side = Math.Sign(reader.ReadSByte());
        for (int window = 0; window < WindowCount; window++)
        {
            _levels[window] = reader.ReadSingle();
        }
    }

    private bool CloseWindow(double currentLevel, out double newLevel)
    {
        newLevel = currentLevel;
        if (_pointCount == 0)
        {
            return false;
        }

        double mean = _scoreSum / _pointCount;
        int side = mean > MeanScoreOfShift ? 1 : mean < -MeanScoreOfShift ? -1 : 0;
        double level = _levelSum / _pointCount;
        _levelSum = 0;
        _scoreSum = 0;
        _pointCount = 0;
        if (side == 0 || side != _side)
        {
            _side = side;
            _offCount = 0;
        }

        if (side == 0)
        {
            return false;
        }

        if (_offCount == WindowCount)
        {
            _levels.AsSpan(1).CopyTo(_levels);
            _offCount--;
        }

        _levels[_offCount++] = (float)level;
        if (_offCount < WindowCount)
        {
            return false;
        }

        Span<float> sorted = stackalloc float[WindowCount];
        _levels.CopyTo(sorted);
        sorted.Sort();
        newLevel = (sorted[(WindowCount / 2) - 1] + (double)sorted[WindowCount / 2]) / 2;
        double spread = sorted[WindowCount * 3 / 4] - (double)sorted[WindowCount / 4];
        if (!double.IsFinite(newLevel) || spread > MaxSpread * Math.Abs(newLevel - currentLevel))
        {
            return false;
        }

        Reset();
        return true;
    }
}
