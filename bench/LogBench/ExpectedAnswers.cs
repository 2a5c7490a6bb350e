namespace Bongsu.Bench;

/// <summary>Counted while rows are made, to check the answers of queries.</summary>
internal sealed class ExpectedAnswers
{
    /// <summary>All rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows of level error.</summary>
    public long Errors { get; private set; }

    /// <summary>Rows whose message contains "timeout".</summary>
    public long Timeouts { get; private set; }

    /// <summary>Rows whose message contains 결제.</summary>
    public long Korean { get; private set; }

    /// <summary>Counts one row.</summary>
    public void Count(string level, string message)
    {
        Rows++;
        Errors += level == "error" ? 1 : 0;
        Timeouts += message.Contains("timeout", StringComparison.Ordinal) ? 1 : 0;
        Korean += message.Contains("결제", StringComparison.Ordinal) ? 1 : 0;
    }
}
