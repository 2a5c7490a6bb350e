namespace Bongsu.LogBench.Answers;

/// <summary>The fields of one line that the queries read. Valid until the next line is read.</summary>
internal ref struct ScannedLine
{
    /// <summary>Unix ms.</summary>
    public long TimeMs;

    /// <summary>Service.</summary>
    public string Service;

    /// <summary>Level.</summary>
    public string Level;

    /// <summary>Path.</summary>
    public string Path;

    /// <summary>HTTP status.</summary>
    public int Status;

    /// <summary>Duration.</summary>
    public double DurationMs;

    /// <summary>Trace id.</summary>
    public UInt128 Trace;

    /// <summary>User id.</summary>
    public long User;

    /// <summary>Message, without escapes.</summary>
    public ReadOnlySpan<byte> Message;
}
