namespace Bongsu.Alert.Backtest;

/// <summary>Rows with times, and the alerts rules must tell of them; no others.</summary>
/// <param name="Name">For people.</param>
/// <param name="Line">Where it begins in its file.</param>
/// <param name="Table">Table of the rows.</param>
/// <param name="StartTicks">Time 0, UTC ticks.</param>
/// <param name="FromTicks">Windows that end after this are told.</param>
/// <param name="LastTicks">Time of the last row, or where the case says to end.</param>
/// <param name="HasEnd">True where the case says where to end; else it ends once all that follows from the rows is told.</param>
/// <param name="Rows">The rows as lines of JSON.</param>
/// <param name="Alerts">What must be told.</param>
public sealed record RuleTestCase(
    string Name, int Line, string Table, long StartTicks, long FromTicks, long LastTicks, bool HasEnd, ReadOnlyMemory<byte> Rows,
    IReadOnlyList<ExpectedAlert> Alerts);

/// <summary>An alert that must be told.</summary>
/// <param name="Rule">Name of the rule; null = the only one.</param>
/// <param name="Key">Values of its key as text; what is not named here may be anything.</param>
/// <param name="At">When it starts, from the start of the case; null = whenever.</param>
/// <param name="Resolved">When it is over; null = whenever, or never.</param>
public sealed record ExpectedAlert(string? Rule, IReadOnlyDictionary<string, string> Key, TimeSpan? At, TimeSpan? Resolved)
{
    /// <summary>For messages.</summary>
    public override string ToString() =>
        $"{Rule} {string.Join(", ", Key.Select(pair => $"{pair.Key}={pair.Value}"))}{(At is { } at ? $" at {at}" : "")}" +
        $"{(Resolved is { } resolved ? $", resolved at {resolved}" : "")}";
}
