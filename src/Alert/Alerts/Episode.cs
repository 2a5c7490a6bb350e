namespace Bongsu.Alert.Alerts;

/// <summary>An unbroken run of windows in which a rule's condition held for one key: what becomes one alert.</summary>
internal sealed class Episode
{
    /// <summary>The key as compact JSON.</summary>
    public required string Key { get; init; }

    /// <summary>End of its first window.</summary>
    public required long StartTicks { get; set; }

    /// <summary>End of its last window so far; before <see cref="StartTicks"/> where it was taken back whole.</summary>
    public required long LastTicks { get; set; }

    /// <summary>As told last, with the values of the latest window.</summary>
    public required AlertView Alert { get; set; }

    /// <summary>Whether a window is in it.</summary>
    public bool Holds(long endTicks) => StartTicks <= endTicks && endTicks <= LastTicks;
}
