using System.Text;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files.Times;

namespace Bongsu.Ingest.Files;

/// <summary>Makes records of lines: parses each, joins what belongs to one, and gives a time to those
/// without.</summary>
/// <remarks>Give it line after line; it hands out each record once it is whole. Not thread-safe.</remarks>
internal sealed class RecordAssembler
{
    /// <summary>Lines joined to one record at most.</summary>
    public const int MaxLines = 1_000;

    /// <summary>Attribute that numbers the pieces of a line too long for one row.</summary>
    public const string LinePart = "line_part";

    private readonly LineParser _parser;
    private readonly TimeResolver _times;
    private readonly FormatDetector _detector;
    private readonly StackTrace _trace = new();
    private readonly bool _join;
    private readonly Func<EventTime> _fallback;
    private LogRecord _pending = new();
    private LogRecord _next = new();
    private LogRecord _spare = new();
    private LineFormat _pendingFormat;
    private int _pendingLines;
    private int _blankLines;

    /// <param name="options">Zone, join, time field.</param>
    /// <param name="clock">Says what is in the future.</param>
    /// <param name="fallback">Time of lines before the first that has one: the file's last write, or now.</param>
    public RecordAssembler(LineOptions options, TimeProvider clock, Func<EventTime> fallback)
    {
        _join = options.Join;
        _fallback = fallback;
        _times = new TimeResolver(options.Zone, clock);
        _parser = new LineParser(_times, options.Zone, options.TimeField);
        _detector = new FormatDetector(
            new LineParser(new TimeResolver(options.Zone, clock), options.Zone, options.TimeField));
    }

    /// <summary>What the lines look like.</summary>
    public FileShape Shape => _parser.Shape;

    /// <summary>Offset where the record under construction begins; where all before was handed out.</summary>
    public long PendingStart { get; private set; }

    /// <summary>Whether a record is under construction.</summary>
    public bool HasPending => _pendingLines > 0;

    /// <summary>The last time seen, to go on from after a restart.</summary>
    public EventTime? LastTime
    {
        get => _times.Last;
        set => _times.Last = value;
    }

    /// <summary>What a time of day without a day counts back from.</summary>
    public long? ReferenceTicks
    {
        get => _times.ReferenceTicks;
        set => _times.ReferenceTicks = value;
    }

    /// <summary>Looks at lines beforehand, to know their shape from the first one on.</summary>
    public void Sample(ReadOnlySpan<byte> line)
    {
        if (!_detector.IsDone)
        {
            _detector.Observe(line);
        }
    }

    /// <summary>Decides on the shape after sampling.</summary>
    public void EndSample() => _parser.Shape = _detector.Decide();

    /// <summary>Takes a line.</summary>
    /// <param name="line">Valid UTF-8 without line end.</param>
    /// <param name="raw">Where it stands.</param>
    /// <returns>The record that is now whole, or null; holds until the next call.</returns>
    public LogRecord? Add(ReadOnlySpan<byte> line, RawLine raw)
    {
        EventTime? before = _times.Last;
        if (raw.Part > 1)
        {
            _next.Clear();
            _next.InheritTime(before ?? _fallback());
            _next.AddText(FieldConvention.Message, line);
            _next.AddLong(LinePart, raw.Part);
            return Begin(LineFormat.None, raw, isClosed: true);
        }

        LineFormat format = _parser.Parse(line, _next);
        if (_next.Time is null)
        {
            _next.InheritTime(before ?? _fallback());
        }

        if (raw.Part == 1)
        {
            _next.AddLong(LinePart, 1);
            return Begin(format, raw, isClosed: true);
        }

        if (!_join || _pendingLines == 0)
        {
            return Begin(format, raw, isClosed: !_join);
        }

        if (format == LineFormat.None && TryRejoin(line))
        {
            return null;
        }

        if (Continues(line, format))
        {
            Append(line);
            return null;
        }

        return Begin(format, raw, isClosed: false);
    }

    /// <summary>Hands out the record under construction, at the end or when nothing came for a while.</summary>
    public LogRecord? Flush()
    {
        if (_pendingLines == 0)
        {
            return null;
        }

        (_pending, _spare) = (_spare, _pending);
        _pendingLines = 0;
        return Finish(_spare, _pendingFormat);
    }

    private LogRecord? Begin(LineFormat format, RawLine raw, bool isClosed)
    {
        LogRecord? done = Flush();
        (_pending, _next) = (_next, _pending);
        _pendingFormat = format;
        _pendingLines = 1;
        _blankLines = 0;
        PendingStart = raw.Start;
        if (format != LineFormat.None)
        {
            _trace.Reset();
        }

        // Without joining every line is whole at once, but one before it may have to go out first: it never has, then.
        return isClosed && done is null ? Flush() : isClosed ? CloseBehind(done!) : done;
    }

    // A piece of a giant line follows a record under construction: both are whole. The piece goes out with the next
    // call.
    private LogRecord CloseBehind(LogRecord done)
    {
        _pendingLines = MaxLines;
        return done;
    }

    private bool Continues(ReadOnlySpan<byte> line, LineFormat format)
    {
        if (format != LineFormat.None || _pendingLines >= MaxLines || _pendingFormat is LineFormat.Json or LineFormat.Access or LineFormat.Logfmt ||
            _pending.SizeBytes + line.Length > LineBuffer.MaxLineBytes)
        {
            return false;
        }

        bool isStart = _pendingFormat is LineFormat.Timed or LineFormat.Syslog or LineFormat.ApacheError;
        return _trace.Continues(line, isStart) || (isStart && Shape.StartsAreKnown);
    }

    private void Append(ReadOnlySpan<byte> line)
    {
        _pendingLines++;
        if (line.IsEmpty)
        {
            // Blank lines count only between others: behind the last they have no content.
            _blankLines++;
            return;
        }

        for (; _blankLines > 0; _blankLines--)
        {
            _pending.AppendToMessage("\n"u8, default);
        }

        _pending.AppendToMessage("\n"u8, line);
    }

    // A line torn in two by its writer: neither half has the file's shape, both together have.
    private bool TryRejoin(ReadOnlySpan<byte> line)
    {
        if (_pendingFormat != LineFormat.None || _pendingLines != 1 || _pending.Message.Length + line.Length > LineBuffer.MaxLineBytes ||
            Shape.Main is not (LineFormat.Json or LineFormat.Access or LineFormat.Logfmt))
        {
            return false;
        }

        byte[] whole = [.. _pending.Message, .. line];
        EventTime? inherited = _pending.Time;
        if (_parser.Parse(whole, _spare) != Shape.Main)
        {
            return false;
        }

        if (_spare.Time is null && inherited is { } time)
        {
            _spare.InheritTime(time);
        }

        (_pending, _spare) = (_spare, _pending);
        _pendingFormat = Shape.Main;
        return true;
    }

    private LogRecord Finish(LogRecord record, LineFormat format)
    {
        if (format is LineFormat.Timed or LineFormat.Syslog && !record.Has(FieldConvention.Level))
        {
            // java.util.logging puts the level at the beginning of the second line.
            int second = record.Message.IndexOf((byte)'\n');
            if (second >= 0 && LevelFinder.TryFind(record.Message[(second + 1)..], out ReadOnlySpan<byte> level) &&
                record.Message[(second + 1)..].StartsWith(level))
            {
                record.AddText(FieldConvention.Level, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(level)));
            }
        }

        return record;
    }
}
