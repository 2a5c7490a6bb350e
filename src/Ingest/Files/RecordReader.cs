using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Files;

/// <summary>Reads a stream of bytes as records, from its beginning or from a place known from before.</summary>
/// <remarks>The first lines are looked at before the first record is handed out. Not thread-safe.</remarks>
internal sealed class RecordReader
{
    private const int SampleBytes = 200 << 10;

    private readonly LineBuffer _lines;
    private readonly LineText _text = new();
    private bool _isSampled;
    private bool _isComplete;

    /// <param name="options">Zone, join, time field.</param>
    /// <param name="clock">Says what is in the future.</param>
    /// <param name="fallback">Time of lines before the first that has one.</param>
    /// <param name="offset">Where in the source the first byte stands.</param>
    /// <param name="encoding">How the source is encoded, if the offset is not 0.</param>
    public RecordReader(
        LineOptions options, TimeProvider clock, Func<EventTime> fallback, long offset = 0, FileEncoding encoding = FileEncoding.Utf8)
    {
        _lines = new LineBuffer(offset, encoding);
        Assembler = new RecordAssembler(options, clock, fallback);
    }

    /// <summary>Makes the records; holds the state to go on from.</summary>
    public RecordAssembler Assembler { get; }

    /// <summary>Lines read.</summary>
    public long LineCount { get; private set; }

    /// <summary>How the source is encoded.</summary>
    public FileEncoding Encoding => _lines.Encoding;

    /// <summary>Offset before which all records were handed out.</summary>
    public long SafeOffset => Assembler.HasPending ? Assembler.PendingStart : _lines.Offset;

    /// <summary>Where the next bytes of the source go.</summary>
    public Memory<byte> Room() => _lines.Room();

    /// <summary>Says how many bytes were put into <see cref="Room"/>.</summary>
    public void Advance(int count) => _lines.Advance(count);

    /// <summary>Says that nothing follows.</summary>
    public void Complete()
    {
        _lines.Complete();
        _isComplete = true;
    }

    /// <summary>Looks at lines from elsewhere (the file's beginning, when reading goes on in its middle) to know their
    /// shape.</summary>
    public void SampleFrom(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int feed = bytes.IndexOf((byte)'\n');
            if (feed < 0)
            {
                break;
            }

            Assembler.Sample(_text.ToUtf8(bytes[..feed], FileEncoding.Utf8));
            bytes = bytes[(feed + 1)..];
        }

        Assembler.EndSample();
        _isSampled = true;
    }

    /// <summary>The next whole record; null where more bytes are needed, or all were read and <see cref="Flush"/> is
    /// due.</summary>
    public LogRecord? Next()
    {
        if (!_isSampled && !TrySample())
        {
            return null;
        }

        while (_lines.TryTake(out RawLine raw, out ReadOnlySpan<byte> bytes))
        {
            LineCount += raw.Part <= 1 ? 1 : 0;
            if (Assembler.Add(_text.ToUtf8(bytes, _lines.Encoding), raw) is { } record)
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>The record under construction.</summary>
    public LogRecord? Flush() => Assembler.Flush();

    /// <summary>Goes on with what there is, though it is less than a sample: a live source that pauses.</summary>
    public void StopSampling()
    {
        if (!_isSampled && _lines.PendingBytes > 0)
        {
            Sample();
        }
    }

    private bool TrySample()
    {
        if (!_isComplete && _lines.PendingBytes < SampleBytes)
        {
            return false;
        }

        Sample();
        return true;
    }

    private void Sample()
    {
        var copy = new LineBuffer();
        ReadOnlySpan<byte> pending = _lines.Pending;
        for (int lines = 0; lines < FormatDetector.MaxLines && !pending.IsEmpty;)
        {
            Memory<byte> room = copy.Room();
            int length = Math.Min(room.Length, pending.Length);
            pending[..length].CopyTo(room.Span);
            copy.Advance(length);
            pending = pending[length..];
            while (lines < FormatDetector.MaxLines && copy.TryTake(out _, out ReadOnlySpan<byte> bytes))
            {
                Assembler.Sample(_text.ToUtf8(bytes, copy.Encoding));
                lines++;
            }
        }

        if (_isComplete)
        {
            copy.Complete();
            if (copy.TryTake(out _, out ReadOnlySpan<byte> last))
            {
                Assembler.Sample(_text.ToUtf8(last, copy.Encoding));
            }
        }

        Assembler.EndSample();
        _isSampled = true;
    }
}
