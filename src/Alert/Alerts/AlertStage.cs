namespace Bongsu.Alert.Alerts;

/// <summary>How far the firing of an alert was told. Persisted: values never change.</summary>
internal enum AlertStage
{
    /// <summary>All is done.</summary>
    Told = 0,

    /// <summary>It waits a moment for others that fire at once.</summary>
    Held = 1,

    /// <summary>Decided whether alone or in a storm; not yet told.</summary>
    Decided = 2,
}
