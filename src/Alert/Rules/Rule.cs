using Bongsu.Alert.Judges;
using Bongsu.Stream.Events;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Rules;

/// <summary>One rule as written in its file. Immutable.</summary>
public sealed record Rule
{
    /// <summary>Unique in the folder.</summary>
    public required string Name { get; init; }

    /// <summary>Relative to the rules folder.</summary>
    public required string File { get; init; }

    /// <summary>What it watches for.</summary>
    public RuleKind Kind { get; init; }

    /// <summary>KQL as written: for kind query with its condition, for others the rows they look at.</summary>
    public required string Query { get; init; }

    /// <summary>KQL that runs: <see cref="Query"/> and what the kind adds to it.</summary>
    public string StreamQuery => Composed.Text;

    /// <summary>What is watched row by row; null where windows of aggregates tell enough.</summary>
    public EventSpec? Events { get; init; }

    /// <summary>What makes alerts of the query's values; null where every row of its result is one.</summary>
    public JudgeSpec? Judge { get; init; }

    /// <summary>Every, window, lateness.</summary>
    public required WindowSpec Windows { get; init; }

    /// <summary>1 (worst) to 5.</summary>
    public int Severity { get; init; } = 3;

    /// <summary>Labels of its alerts; may hold placeholders.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations of its alerts; may hold placeholders.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of channels.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>The condition must hold in every window for so long before its alert fires; until then it is
    /// pending.</summary>
    public TimeSpan For { get; init; }

    /// <summary>An alert goes on firing for so long after its condition held last.</summary>
    public TimeSpan KeepFiringFor { get; init; }

    /// <summary>What silence means.</summary>
    public NoDataPolicy NoData { get; init; }

    /// <summary>What a failing query means.</summary>
    public ErrorPolicy OnError { get; init; }

    /// <summary>Where more than this share of its keys (0 to 1) fire at once, they become one alert.</summary>
    public double StormShare { get; init; } = 0.3;

    /// <summary>Windows are sessions: rows of a key no further apart than this; null = windows of a fixed
    /// length.</summary>
    public TimeSpan? SessionGap { get; init; }

    /// <summary>IANA id of the time zone its days and schedules are in.</summary>
    public string TimeZone { get; init; } = "UTC";

    internal ComposedQuery Composed { get; init; } = ComposedQuery.Of(new QuerySource("", new QueryPlace(1, 1, null)));

    internal QueryPlace QueryPlace { get; init; } = new(1, 1, null);

    /// <summary>True where another version of the rule judges the same values in the same way.</summary>
    internal bool IsSameSeries(Rule other) =>
        Name == other.Name && StreamQuery == other.StreamQuery && Windows == other.Windows && Equals(Judge, other.Judge);
}
