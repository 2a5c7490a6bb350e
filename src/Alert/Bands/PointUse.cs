namespace Bongsu.Alert.Bands;

/// <summary>What a band may learn from a point.</summary>
public enum PointUse
{
    /// <summary>Learn from it, unless it is far outside the band.</summary>
    Train,

    /// <summary>Inside an alert of the rule: not learnt from, but counted as evidence of a lasting new level.</summary>
    Alerting,

    /// <summary>In an annotated span or a freeze: as if it had not come.</summary>
    Exclude,
}
