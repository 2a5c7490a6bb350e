namespace Bongsu.Alert.Judges;

/// <summary>Which repetition a band expects.</summary>
public enum Season
{
    /// <summary>The history decides.</summary>
    Auto,

    /// <summary>None: the band follows the level.</summary>
    None,

    /// <summary>Every day is like every other.</summary>
    Day,

    /// <summary>Days of the week differ.</summary>
    Week,
}
