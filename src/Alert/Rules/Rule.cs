using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Rules;

/// <summary>One rule as written in its file. Immutable.</summary>
public sealed record Rule
{
    /// <summary>Unique in the folder.</summary>
    public required string Name { get; init; }

    /// <summary>Relative to the rules folder.</summary>
    public required string File { get; init; }

    /// <summary>KQL that ends in a condition.</summary>
    public required string Query { get; init; }

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

    internal QueryPlace QueryPlace { get; init; } = new(1, 1, null);
}
