using System.Text.Json.Nodes;

namespace Bongsu.Alert.Alerts;

/// <summary>What stood behind an alert when it fired.</summary>
public sealed record AlertEvidence
{
    /// <summary>The values that the condition compares, each with its limit; and what a judge expected.</summary>
    public IReadOnlyList<EvidenceValue> Values { get; init; } = [];

    /// <summary>What its messages say most, the variables left out: most frequent first.</summary>
    public IReadOnlyList<EvidencePattern> Patterns { get; init; } = [];

    /// <summary>A few of its rows.</summary>
    public IReadOnlyList<JsonObject> Samples { get; init; } = [];
}
