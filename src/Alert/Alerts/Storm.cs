namespace Bongsu.Alert.Alerts;

/// <summary>One alert in the place of many. Its members are found by their own mark.</summary>
internal sealed class Storm
{
    /// <summary>The alert that people are told of.</summary>
    public required AlertView Alert { get; set; }

    /// <summary>Ids of its members that fire.</summary>
    public HashSet<string> Firing { get; } = new(StringComparer.Ordinal);

    /// <summary>What fired at once, in order: keys of a rule, or rules.</summary>
    public List<string> Names { get; } = [];

    /// <summary>When the latest joined, UTC ticks.</summary>
    public required long JoinedTicks { get; set; }
}
