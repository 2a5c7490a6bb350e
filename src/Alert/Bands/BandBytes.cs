namespace Bongsu.Alert.Bands;

/// <summary>Numbers of stored state, checked as they are read.</summary>
internal static class BandBytes
{
    /// <summary>Reads a number that must be finite.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static double ReadFinite(BinaryReader reader)
    {
        double value = reader.ReadDouble();
        return double.IsFinite(value) ? value : throw new InvalidDataException($"state of a detector: {value} where a finite number must be");
    }

    /// <summary>Reads a number that must not be negative.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public static long ReadCount(BinaryReader reader)
    {
        long value = reader.ReadInt64();
        return value >= 0 ? value : throw new InvalidDataException($"state of a detector: a count of {value}");
    }
}
