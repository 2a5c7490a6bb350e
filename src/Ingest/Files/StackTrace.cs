namespace Bongsu.Ingest.Files;

/// <summary>Knows the lines of a stack trace by their beginning: Java, .NET, Python, Go, Node.</summary>
/// <remarks>Remembers where in a Python or Go trace it is, since those have lines that only their place tells. One per
/// stream of lines.</remarks>
internal sealed class StackTrace
{
    private State _state;
    private bool _sawFrame;

    private enum State
    {
        Outside,
        Python,
        Go,
    }

    /// <summary>Whether a line without indentation is surely no beginning of a record, wherever it stands.</summary>
    public static bool IsContinuation(ReadOnlySpan<byte> line) =>
        line.StartsWith("at "u8) || line.StartsWith("Caused by: "u8) || line.StartsWith("Suppressed: "u8) || line.StartsWith("... "u8) ||
        line.StartsWith("--- End of "u8) || line.StartsWith("---> "u8);

    /// <summary>Whether the line belongs to the record before it; to be asked of every line in turn.</summary>
    /// <param name="line">The line, which has no recognised shape.</param>
    /// <param name="startsKnown">Whether the record before began with a time.</param>
    public bool Continues(ReadOnlySpan<byte> line, bool startsKnown)
    {
        if (line.StartsWith("Traceback (most recent call last):"u8))
        {
            // A logger's traceback follows its line; one printed alone begins a record.
            bool chained = _state == State.Python;
            Enter(State.Python);
            return chained || startsKnown;
        }

        if (line.StartsWith("panic: "u8) || line.StartsWith("fatal error: "u8))
        {
            Enter(State.Go);
            return false;
        }

        if (line.StartsWith("goroutine "u8) && line.EndsWith("]:"u8))
        {
            bool inside = _state == State.Go;
            Enter(State.Go);
            return inside || startsKnown;
        }

        if (!line.IsEmpty && (line[0] is (byte)' ' or (byte)'\t' || IsContinuation(line)))
        {
            _sawFrame = true;
            return true;
        }

        return _state switch
        {
            State.Python => ContinuesPython(line),
            State.Go => ContinuesGo(line),
            _ => false,
        };
    }

    /// <summary>Forgets the trace: a new record began.</summary>
    public void Reset() => _state = State.Outside;

    private void Enter(State state)
    {
        _state = state;
        _sawFrame = false;
    }

    // The frames are indented; the first line after them names the exception. Chained traces have a sentence between
    // blank lines.
    private bool ContinuesPython(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line.StartsWith("During handling of the above exception"u8) ||
            line.StartsWith("The above exception was the direct cause"u8))
        {
            return true;
        }

        bool isException = _sawFrame;
        _sawFrame = false;
        if (!isException)
        {
            _state = State.Outside;
        }

        return isException;
    }

    private bool ContinuesGo(ReadOnlySpan<byte> line)
    {
        bool belongs = line.IsEmpty || line[^1] == ')' || line.StartsWith("created by "u8) || line.StartsWith("exit status "u8) ||
            line.StartsWith("[signal "u8) || line.StartsWith("rax "u8);
        if (!belongs)
        {
            _state = State.Outside;
        }

        return belongs;
    }
}
