namespace Bongsu.Alert.Rules;

/// <summary>One rule as the API and the rules page show it; field names follow docs/guide/http-api.md.</summary>
public sealed record RuleView
{
    /// <summary>Its name, unique in the folder.</summary>
    public required string Name { get; init; }

    /// <summary>File it stands in, relative to the rules folder.</summary>
    public required string File { get; init; }

    /// <summary>The KQL text.</summary>
    public required string Query { get; init; }

    /// <summary>Table the query reads; empty while it cannot be told.</summary>
    public required string Table { get; init; }

    /// <summary>1 (worst) to 5.</summary>
    public required int Severity { get; init; }

    /// <summary>Seconds between evaluations.</summary>
    public required double EverySeconds { get; init; }

    /// <summary>Length of the window.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>How long late rows are waited for.</summary>
    public required double LatenessSeconds { get; init; }

    /// <summary><c>ok</c>, <c>pending</c> (waits for its table or a column), <c>learning</c>
    /// (reads its history; what comes meanwhile is judged afterwards), <c>firing</c>, <c>nodata</c> or
    /// <c>error</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it is pending or in error; null else.</summary>
    public string? Error { get; init; }

    /// <summary>Share of its history an anomaly rule has learnt, 0 to 1, while it learns; null else.</summary>
    public double? Learnt { get; init; }

    /// <summary>Series an anomaly rule has a band for; null for other kinds.</summary>
    public int? Series { get; init; }

    /// <summary>End of the latest window evaluated (event time), or null.</summary>
    public string? LastEvaluated { get; init; }

    /// <summary>Event time up to which its rows are held to be complete, or null.</summary>
    public string? Watermark { get; init; }

    /// <summary>How far the watermark is behind the wall clock; null before any row.</summary>
    public double? LagSeconds { get; init; }

    /// <summary>Rows of its table it has seen, before its filters.</summary>
    public long RowsIn { get; init; }

    /// <summary>Rows that passed its filters, since the start of the process.</summary>
    public long RowsTaken { get; init; }

    /// <summary>Rows that came after a window they belong to was told.</summary>
    public long RowsLate { get; init; }

    /// <summary>Late rows whose slot was gone.</summary>
    public long RowsLateDropped { get; init; }

    /// <summary>Rows too old at arrival for live rules.</summary>
    public long RowsBackfill { get; init; }

    /// <summary>Rows left out since their timestamp is too far in the future.</summary>
    public long RowsFuture { get; init; }

    /// <summary>Windows whose told result was changed by late rows.</summary>
    public long WindowsCorrected { get; init; }

    /// <summary>Keys in its state.</summary>
    public int Keys { get; init; }

    /// <summary>Time its rows and windows took, since the start of the process.</summary>
    public double EvaluationSeconds { get; init; }

    /// <summary>Memory of its state, about; measured every few seconds.</summary>
    public long StateBytes { get; init; }

    /// <summary>How far back from the latest window late rows still change it: an hour, less where memory was short or the rule
    /// is young; null before the first window.</summary>
    public double? CorrectableSeconds { get; init; }

    /// <summary>True while rows of new keys are left out since there are too many.</summary>
    public bool TooManyKeys { get; init; }

    /// <summary>True where values of the latest window are estimates: percentiles of more different values than are
    /// kept.</summary>
    public bool Estimated { get; init; }

    /// <summary>Rows left out since there were too many keys, or no memory.</summary>
    public long RowsShed { get; init; }

    /// <summary>Labels of its alerts.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Annotations, as written (placeholders not filled in).</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>Names of the channels it tells.</summary>
    public required IReadOnlyList<string> Channels { get; init; }
}
