namespace Bongsu.Alert.Bands;

/// <summary>Which repetition a band expects. Numbers are stored.</summary>
public enum SeasonChoice : byte
{
    /// <summary>The history decides.</summary>
    Auto = 0,

    /// <summary>None: the band follows the level.</summary>
    None = 1,

    /// <summary>Every day is like every other.</summary>
    Day = 2,

    /// <summary>Every day of the week, and holidays, have a profile of their own.</summary>
    Week = 3,
}
