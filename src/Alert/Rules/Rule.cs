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

    /// <summary>What silence means.</summary>
    public NoDataPolicy NoData { get; init; }

    internal QueryPlace QueryPlace { get; init; } = new(1, 1, null);
}
