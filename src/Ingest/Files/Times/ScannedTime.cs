namespace Bongsu.Ingest.Files.Times;

/// <summary>A time as it stands in a line: its parts, before zone, year or day are known.</summary>
internal struct ScannedTime
{
    /// <summary>Year; 0 where the line names none.</summary>
    public int Year;

    /// <summary>Month 1 to 12; 0 where there is only a time of day.</summary>
    public int Month;

    /// <summary>Day of the month.</summary>
    public int Day;

    /// <summary>Hour 0 to 23.</summary>
    public int Hour;

    /// <summary>Minute.</summary>
    public int Minute;

    /// <summary>Second; 60 in a leap second.</summary>
    public int Second;

    /// <summary>Nanoseconds within the second.</summary>
    public int Nanoseconds;

    /// <summary>Local time minus UTC in minutes, where <see cref="HasOffset"/>.</summary>
    public int OffsetMinutes;

    /// <summary>True where the zone is written, or the time counts from 1970.</summary>
    public bool HasOffset;

    /// <summary>True for seconds (or finer units) since 1970.</summary>
    public bool IsEpoch;

    /// <summary>The level letter in front of a glog time, else 0.</summary>
    public byte LevelLetter;

    /// <summary>True where the shape alone makes it certain that this is a time: it has a day.</summary>
    public readonly bool HasDay => Month != 0;
}
