using System.Text.Json;
using System.Text.Json.Serialization;
using Bongsu.LogBench.Reporting;

namespace Bongsu.LogBench.Bands;

/// <summary>What a rule with a band for each of many series came to.</summary>
internal sealed partial record BandsFigures
{
    /// <summary>Day of the run.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>How it was asked for.</summary>
    public required string Command { get; init; }

    /// <summary>Where it ran.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Series of the rule.</summary>
    public required int Series { get; init; }

    /// <summary>Points of history of a series.</summary>
    public required int Points { get; init; }

    /// <summary>Seconds it took to store the history.</summary>
    public required double LoadSeconds { get; init; }

    /// <summary>From the rule's file until it judges.</summary>
    public required double LearnSeconds { get; init; }

    /// <summary>CPU seconds of that.</summary>
    public required double LearnCpuSeconds { get; init; }

    /// <summary>Resident memory before, at most while it learnt, and after, in MB.</summary>
    public required double[] LearnMb { get; init; }

    /// <summary>The rule's state before any window: bands only.</summary>
    public required double BandBytesPerSeries { get; init; }

    /// <summary>The rule's state at the end: bands, slots, windows that may be corrected.</summary>
    public required double StateBytesPerSeries { get; init; }

    /// <summary>Seconds a window took the rule: rows taken in, values judged and learnt from.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Alerts of series that were fine, of all windows.</summary>
    public required int FalseAlerts { get; init; }

    /// <summary>Series of the outage that were told, and all.</summary>
    public required int[] OutageFound { get; init; }

    /// <summary>Bytes of the stream's state as stored, changes and all.</summary>
    public required double StoredBytesPerSeries { get; init; }

    /// <summary>After a kill: until the rule judges again.</summary>
    public required double RestartSeconds { get; init; }

    /// <summary>As Markdown.</summary>
    public string ToMarkdown() => FormattableString.Invariant($"""
        # {Series:N0} series with bands, {Points:N0} points each

        `{Command}` on {Date:yyyy-MM-dd}: {Machine.Processor}, {Machine.Cores} cores, load {Machine.LoadAverage} before.

        | figure | value |
        |---|---|
        | history stored ({(double)Series * Points / 1e6:0.0} M rows) | {LoadSeconds:0} s |
        | learnt: rule's file to first judgement | {LearnSeconds:0.0} s, {LearnCpuSeconds:0.0} s of CPU ({LearnCpuSeconds * 1000 / Series:0.00} ms a series) |
        | resident before / most while learning / after | {LearnMb[0]:0} / {LearnMb[1]:0} / {LearnMb[2]:0} MB |
        | bands in memory | {BandBytesPerSeries:N0} bytes a series |
        | all of the rule's state in the end | {StateBytesPerSeries:N0} bytes a series |
        | a window: rows in, judged, learnt from | {WindowSeconds * 1000:0} ms ({WindowSeconds * 1e6 / Series:0.0} µs a series) |
        | checkpoint, stored | {StoredBytesPerSeries:N0} bytes a series |
        | judging again after a kill | {RestartSeconds:0.0} s after the start of the process |
        | outage told | {OutageFound[0]} of {OutageFound[1]} series |
        | other series told | {FalseAlerts} |

        """);

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, BandsJson.Default.BandsFigures) + "\n";

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(BandsFigures))]
    private sealed partial class BandsJson : JsonSerializerContext;
}
