namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>Cuts a TCP stream into messages (RFC 6587): by octet count or by line feed, told apart at each
/// message.</summary>
/// <remarks>Memory is bounded by the longest message kept; of a longer one the rest is passed over. Not
/// thread-safe.</remarks>
internal sealed class SyslogFrames
{
    private const int MaxCountDigits = 9;
    private const int ReadBytes = 16 << 10;

    private readonly int _maxMessageBytes;
    private byte[] _bytes = new byte[ReadBytes];
    private int _start;
    private int _end;
    private long _skipBytes;
    private bool _skipLine;

    /// <param name="maxMessageBytes">Longest message kept whole.</param>
    public SyslogFrames(int maxMessageBytes)
    {
        _maxMessageBytes = maxMessageBytes;
    }

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Room()
    {
        if (_bytes.Length - _end < ReadBytes / 2)
        {
            int pending = _end - _start;
            byte[] target = pending + ReadBytes <= _bytes.Length ? _bytes : new byte[(pending * 2) + ReadBytes];
            _bytes.AsSpan(_start, pending).CopyTo(target);
            _bytes = target;
            _start = 0;
            _end = pending;
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>Says how many bytes came.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Takes the next message.</summary>
    /// <param name="message">Its bytes; hold until <see cref="Room"/>.</param>
    /// <param name="isTruncated">Whether it was too long and is only the beginning.</param>
    public bool TryTake(out ReadOnlySpan<byte> message, out bool isTruncated)
    {
        message = default;
        isTruncated = false;
        if (!TrySkip() || _start == _end)
        {
            return false;
        }

        ReadOnlySpan<byte> pending = _bytes.AsSpan(_start, _end - _start);
        if (pending[0] is >= (byte)'1' and <= (byte)'9')
        {
            Counting counting = TryCount(pending, out long count, out int header);
            if (counting == Counting.Unknown)
            {
                return false;
            }

            if (counting == Counting.Counted)
            {
                return TryTakeCounted(pending, count, header, out message, out isTruncated);
            }
        }

        return TryTakeLine(pending, out message, out isTruncated);
    }

    /// <summary>At the end of the stream: the last message, if it has no line feed.</summary>
    public ReadOnlySpan<byte> Rest() => _skipLine || _skipBytes > 0 ? default : _bytes.AsSpan(_start, _end - _start);

    private enum Counting
    {
        Unknown,
        Counted,
        NotCounted,
    }

    // "123 <": a number, a blank, the priority. A line that begins with a number otherwise is just that.
    private static Counting TryCount(ReadOnlySpan<byte> pending, out long count, out int header)
    {
        count = 0;
        header = 0;
        while (header < pending.Length && header <= MaxCountDigits && pending[header] is >= (byte)'0' and <= (byte)'9')
        {
            count = (count * 10) + (pending[header++] - '0');
        }

        if (header == pending.Length)
        {
            return header <= MaxCountDigits ? Counting.Unknown : Counting.NotCounted;
        }

        if (header > MaxCountDigits || pending[header] != ' ')
        {
            return Counting.NotCounted;
        }

        header++;
        return header == pending.Length ? Counting.Unknown : pending[header] == '<' ? Counting.Counted : Counting.NotCounted;
    }

    private bool TryTakeCounted(
        ReadOnlySpan<byte> pending, long count, int header, out ReadOnlySpan<byte> message, out bool isTruncated)
    {
        message = default;
        isTruncated = count > _maxMessageBytes;
        int length = (int)Math.Min(count, _maxMessageBytes);
        if (pending.Length < header + length)
        {
            return false;
        }

        message = pending.Slice(header, length);
        _start += header + length;
        _skipBytes = count - length;
        return true;
    }

    private bool TryTakeLine(ReadOnlySpan<byte> pending, out ReadOnlySpan<byte> message, out bool isTruncated)
    {
        isTruncated = false;
        int feed = pending[..Math.Min(pending.Length, _maxMessageBytes + 1)].IndexOfAny((byte)'\n', (byte)0);
        if (feed >= 0)
        {
            message = pending[..feed];
            _start += feed + 1;
            return true;
        }

        message = default;
        if (pending.Length <= _maxMessageBytes)
        {
            return false;
        }

        isTruncated = true;
        message = pending[.._maxMessageBytes];
        _start += _maxMessageBytes;
        _skipLine = true;
        return true;
    }

    private bool TrySkip()
    {
        if (_skipBytes > 0)
        {
            int skipped = (int)Math.Min(_skipBytes, _end - _start);
            _start += skipped;
            _skipBytes -= skipped;
            if (_skipBytes > 0)
            {
                return false;
            }
        }

        if (_skipLine)
        {
            int feed = _bytes.AsSpan(_start, _end - _start).IndexOfAny((byte)'\n', (byte)0);
            _start = feed < 0 ? _end : _start + feed + 1;
            _skipLine = feed < 0;
        }

        return !_skipLine;
    }
}
