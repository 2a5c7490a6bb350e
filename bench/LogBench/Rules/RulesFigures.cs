using System.Text.Json;
using System.Text.Json.Serialization;
using Bongsu.LogBench.Reporting;

namespace Bongsu.LogBench.Rules;

/// <summary>What a run of many rules came to.</summary>
internal sealed partial record RulesFigures
{
    /// <summary>Day of the run.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>How it was asked for.</summary>
    public required string Command { get; init; }

    /// <summary>Where it ran.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Rules that ran.</summary>
    public required int Rules { get; init; }

    /// <summary>From the start of the process until it listens with all rules.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>Rows acknowledged in a second, while it was measured.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>CPU seconds of the server in a second.</summary>
    public required double CpuShare { get; init; }

    /// <summary>CPU seconds in a second spent in rules, where the server tells.</summary>
    public double? RulesCpuShare { get; init; }

    /// <summary>Most rows that waited to pass the rules, of one look a second.</summary>
    public double? MaxQueuedRows { get; init; }

    /// <summary>Batches that never passed the rules.</summary>
    public double? BatchesShed { get; init; }

    /// <summary>Messages measured.</summary>
    public required int Messages { get; init; }

    /// <summary>From the end of a window and its lateness to the message, median.</summary>
    public required double? DelayP50Ms { get; init; }

    /// <summary>The same, 99th percentile.</summary>
    public required double? DelayP99Ms { get; init; }

    /// <summary>Resident memory with no rules and no rows, in MB.</summary>
    public required double BareMb { get; init; }

    /// <summary>Resident memory with the rules and no rows, in MB.</summary>
    public required double RulesMb { get; init; }

    /// <summary>Resident memory at the end, in MB.</summary>
    public required double EndMb { get; init; }

    /// <summary>State of a rule at the end, mean, in bytes; where the server tells.</summary>
    public double? StateBytesPerRule { get; init; }

    /// <summary>As Markdown.</summary>
    public string ToMarkdown() => FormattableString.Invariant($"""
        # {Rules:N0} rules, {RowsPerSecond:N0} rows/s

        `{Command}` on {Date:yyyy-MM-dd}: {Machine.Processor}, {Machine.Cores} cores, load {Machine.LoadAverage} before.

        | figure | value |
        |---|---|
        | start with the rules | {StartSeconds:0.0} s |
        | rows acknowledged | {RowsPerSecond:N0} /s |
        | CPU of the server (2.0 = both cores) | {CpuShare:0.00} cores, of these in rules {RulesCpuShare:0.00} |
        | rows waiting for rules, most | {MaxQueuedRows:N0} |
        | batches that never passed the rules | {BatchesShed:N0} |
        | window end + lateness to message, p50 / p99, below 0: told early | {DelayP50Ms:0} / {DelayP99Ms:0} ms ({Messages:N0} messages) |
        | memory of a rule before any row | {(RulesMb - BareMb) * 1000 / Rules:0.0} kB |
        | state of a rule at the end | {StateBytesPerRule / 1000:0.0} kB |
        | resident: bare, with rules, at the end | {BareMb:0} / {RulesMb:0} / {EndMb:0} MB |

        """);

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FiguresJson.Default.RulesFigures) + "\n";

    [JsonSourceGenerationOptions(
        WriteIndented = true,
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(RulesFigures))]
    private sealed partial class FiguresJson : JsonSerializerContext;
}
