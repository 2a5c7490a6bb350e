using Bongsu.Core.Batches;

namespace Bongsu.Stream.Windows;

/// <summary>What a continuous query says of one window.</summary>
/// <param name="StartTicks">Start of the window, included.</param>
/// <param name="EndTicks">End of the window, excluded.</param>
/// <param name="Rows">The query's result over the rows in it.</param>
/// <param name="IsCorrection">True where late rows made this window be computed again after it was told.</param>
/// <param name="HasData">False where the table had no row since the window's start, whatever the query's
/// filters.</param>
/// <param name="FinalThroughTicks">Windows that end here or earlier will not be corrected any more.</param>
/// <param name="IsEarly">
/// True where the window is still open: what holds in <paramref name="Rows"/> holds whatever else comes, and says nothing of
/// keys that are absent. The usual result follows for the same end.
/// </param>
public sealed record WindowResult(
    long StartTicks, long EndTicks, Batch Rows, bool IsCorrection, bool HasData, long FinalThroughTicks, bool IsEarly = false)
{
    /// <summary>True where values in it are estimates: there were too many different ones to keep.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Windows that end here or earlier are over: those never told had nothing to say.</summary>
    public long ToldThroughTicks { get; init; } = long.MinValue;

    /// <summary>Asks for told windows that end from the first time to before the second to be computed again; null where
    /// none can be.</summary>
    public Action<long, long>? Recheck { get; init; }

    /// <summary>The result of the window before this one, of the same length; null where the query does not compare
    /// them.</summary>
    public Batch? Before { get; init; }

    /// <summary>What <see cref="Rows"/> would be without the condition at the query's end; null where the query does not
    /// tell it.</summary>
    public Batch? Values { get; init; }
}
