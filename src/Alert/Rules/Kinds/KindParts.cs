using Bongsu.Alert.Judges;
using Bongsu.Stream.Events;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary>What a kind makes of a rule's keys.</summary>
/// <param name="Query">What runs.</param>
/// <param name="Windows">When it is looked at.</param>
internal sealed record KindParts(ComposedQuery Query, WindowSpec Windows)
{
    /// <summary>What is watched row by row, or null.</summary>
    public EventSpec? Events { get; init; }

    /// <summary>What makes alerts of values, or null.</summary>
    public JudgeSpec? Judge { get; init; }

    /// <summary>Windows are sessions, or null.</summary>
    public TimeSpan? SessionGap { get; init; }

    /// <summary>IANA id.</summary>
    public string TimeZone { get; init; } = "UTC";
}
