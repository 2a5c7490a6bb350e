using System.Text.Json.Nodes;

namespace Bongsu.Alert.Alerts;

/// <summary>One alert as API, web and webhook show it; field names follow docs/guide/http-api.md.</summary>
public sealed record AlertView
{
    /// <summary>The same for the whole life of the alert.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary><c>condition</c>, <c>no_data</c>, <c>error</c> or <c>storm</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Values of the rule's <c>by</c> columns.</summary>
    public required JsonObject Key { get; init; }

    /// <summary><c>pending</c>, <c>firing</c> or <c>resolved</c>.</summary>
    public required string State { get; init; }

    /// <summary>1 (worst) to 5.</summary>
    public required int Severity { get; init; }

    /// <summary>End of the first window whose condition held (event time).</summary>
    public required string StartedAt { get; init; }

    /// <summary>End of the window at which the condition had held for long enough (event time); null while
    /// pending.</summary>
    public string? FiringSince { get; init; }

    /// <summary>End of the window at which it was over (event time), or null.</summary>
    public string? ResolvedAt { get; init; }

    /// <summary>When the server said so.</summary>
    public required string FiredAt { get; init; }

    /// <summary>0 while pending, 1 when it fires; rises with every change that was told.</summary>
    public required int Revision { get; init; }

    /// <summary>True where late rows changed what had been told.</summary>
    public bool Corrected { get; init; }

    /// <summary>True where values are estimates: percentiles of more different values than are kept.</summary>
    public bool Estimated { get; init; }

    /// <summary>Start of the window the values are of (inclusive).</summary>
    public required string WindowStart { get; init; }

    /// <summary>End of that window (exclusive).</summary>
    public required string WindowEnd { get; init; }

    /// <summary>The other columns of the rule's result.</summary>
    public required JsonObject Values { get; init; }

    /// <summary>Labels of the rule, placeholders filled in.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Annotations of the rule, placeholders filled in.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>KQL that shows the rows behind it.</summary>
    public required string Query { get; init; }

    /// <summary>What stood behind it when it fired; null where it was not looked up.</summary>
    public AlertEvidence? Evidence { get; init; }

    /// <summary>Id of the storm it is part of: nobody is told of it alone. Null else.</summary>
    public string? Storm { get; init; }

    /// <summary>Names of the channels it is told to.</summary>
    public required IReadOnlyList<string> Channels { get; init; }
}
