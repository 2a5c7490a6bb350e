namespace Bongsu.Query.Execution;

/// <summary>
/// What one query may use; past a limit it ends with a <see cref="QueryException"/> of code <c>limit</c>.
/// </summary>
/// <remarks>Time is limited by the caller's cancellation token.</remarks>
public sealed record QueryLimits
{
    /// <summary>The defaults.</summary>
    public static QueryLimits Default { get; } = new();

    /// <summary>Most rows of the result: what a screen or an export can take in one answer.</summary>
    public long MaxResultRows { get; init; } = 500_000;

    /// <summary>Most bytes that group tables, sorts, joins and aggregates hold together.</summary>
    public long MaxMemoryBytes { get; init; } = 1L << 30;

    /// <summary>Most threads at work for the query.</summary>
    public int MaxWorkers { get; init; } = Environment.ProcessorCount;
}
