using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bongsu.LogBench.Reporting;

/// <summary>All figures of one run.</summary>
internal sealed partial record BenchResult
{
    /// <summary>Day of the run.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>How it was asked for.</summary>
    public required string Command { get; init; }

    /// <summary>Where it ran.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Rows of the file.</summary>
    public required long Rows { get; init; }

    /// <summary>Days the rows lie in.</summary>
    public required int Days { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Connections that loaded it.</summary>
    public required int Connections { get; init; }

    /// <summary>The load.</summary>
    public required LoadFigures Load { get; init; }

    /// <summary>Memory.</summary>
    public required MemoryFigures Memory { get; init; }

    /// <summary>Disk.</summary>
    public required StorageFigures Storage { get; init; }

    /// <summary>Queries, in their order.</summary>
    public required IReadOnlyList<QueryFigures> Queries { get; init; }

    /// <summary>Other engines; empty where none was asked for.</summary>
    public IReadOnlyList<PeerFigures> Peers { get; init; } = [];

    /// <summary>Reads a file of results.</summary>
    public static BenchResult Read(string path) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(path), ResultJson.Default.BenchResult)
            ?? throw new InvalidDataException($"{path}: no results");

    /// <summary>As JSON, to draw the chart of it and to compare a later run with it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultJson.Default.BenchResult) + "\n";

    [JsonSourceGenerationOptions(
        WriteIndented = true,
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true)]
    [JsonSerializable(typeof(BenchResult))]
    private sealed partial class ResultJson : JsonSerializerContext;
}
