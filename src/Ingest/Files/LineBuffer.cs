namespace Bongsu.Ingest.Files;

/// <summary>Cuts a stream of bytes into lines, in bounded memory. A line that is too long comes in pieces.</summary>
/// <remarks>
/// Use: <see cref="TryTake"/> until it is false, then fill <see cref="Room"/> and <see cref="Advance"/>, or
/// <see cref="Complete"/> at the
/// end of the source. Not thread-safe.
/// </remarks>
internal sealed class LineBuffer
{
    /// <summary>Longest line in one piece: a message of this size still fits the server's 1 MiB row with its other
    /// fields.</summary>
    public const int MaxLineBytes = 1_000_000;

    private const int MinRoomBytes = 64 << 10;

    private byte[] _bytes = new byte[256 << 10];
    private int _start;
    private int _scanned;
    private int _end;
    private long _offset;
    private int _part;
    private bool _isComplete;
    private bool _isProbed;

    /// <param name="offset">Where in the source the first byte stands.</param>
    /// <param name="encoding">How the source is encoded; found out by itself at offset 0.</param>
    public LineBuffer(long offset = 0, FileEncoding encoding = FileEncoding.Utf8)
    {
        _offset = offset;
        Encoding = encoding;
        _isProbed = offset > 0;
    }

    /// <summary>How the source is encoded, once the first bytes are there.</summary>
    public FileEncoding Encoding { get; private set; }

    /// <summary>Offset behind the last line taken.</summary>
    public long Offset => _offset;

    /// <summary>Bytes that wait for the end of their line.</summary>
    public int PendingBytes => _end - _start;

    /// <summary>All bytes that wait, for sampling.</summary>
    public ReadOnlySpan<byte> Pending => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Where the next bytes of the source go.</summary>
    public Memory<byte> Room()
    {
        if (_bytes.Length - _end < MinRoomBytes)
        {
            int pending = _end - _start;
            byte[] target = pending + MinRoomBytes <= _bytes.Length / 2 ? _bytes : new byte[Math.Max(_bytes.Length, pending * 2) + MinRoomBytes];
            _bytes.AsSpan(_start, pending).CopyTo(target);
            _bytes = target;
            _scanned -= _start;
            _end = pending;
            _start = 0;
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>Says how many bytes were put into <see cref="Room"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Says that nothing follows: the bytes left are the last line.</summary>
    public void Complete() => _isComplete = true;

    /// <summary>Takes the next line.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="bytes">Its bytes without line feed; hold until <see cref="Room"/> is called.</param>
    public bool TryTake(out RawLine line, out ReadOnlySpan<byte> bytes)
    {
        line = default;
        bytes = default;
        if (!_isProbed && !TryProbe())
        {
            return false;
        }

        int length = FindLineFeed(out int feedBytes);
        if (length < 0 || length > MaxLineBytes)
        {
            if (_end - _start > MaxLineBytes)
            {
                bytes = Cut();
                line = new RawLine(_offset - bytes.Length, _offset, ++_part);
                return true;
            }

            if (!_isComplete || _end == _start)
            {
                return false;
            }

            length = _end - _start;
            feedBytes = 0;
        }

        bytes = _bytes.AsSpan(_start, length);
        long start = _offset;
        _offset += length + feedBytes;
        _start += length + feedBytes;
        _scanned = _start;
        line = new RawLine(start, _offset, _part == 0 ? 0 : _part + 1);
        _part = 0;
        return true;
    }

    private ReadOnlySpan<byte> Cut()
    {
        int length = MaxLineBytes;
        if (Encoding == FileEncoding.Utf8)
        {
            // Never inside a character of UTF-8 (at most three bytes back).
            for (int back = 0; back < 3 && (_bytes[_start + length] & 0xC0) == 0x80; back++)
            {
                length--;
            }
        }

        ReadOnlySpan<byte> bytes = _bytes.AsSpan(_start, length);
        _start += length;
        _scanned = Math.Max(_scanned, _start);
        _offset += length;
        return bytes;
    }

    private int FindLineFeed(out int feedBytes)
    {
        feedBytes = Encoding == FileEncoding.Utf8 ? 1 : 2;
        if (feedBytes == 1)
        {
            int found = _bytes.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            _scanned = found < 0 ? _end : _scanned + found;
            return found < 0 ? -1 : _scanned - _start;
        }

        int at = _start + ((_scanned - _start) & ~1);
        int low = Encoding == FileEncoding.Utf16LittleEndian ? 0 : 1;
        for (; at + 1 < _end; at += 2)
        {
            if (_bytes[at + low] == '\n' && _bytes[at + 1 - low] == 0)
            {
                _scanned = at;
                return at - _start;
            }
        }

        _scanned = at;
        return -1;
    }

    // A byte order mark, or for UTF-16 without one: nearly every other byte of the beginning is zero.
    private bool TryProbe()
    {
        int available = _end - _start;
        if (available < 64 && !_isComplete && !_bytes.AsSpan(_start, available).Contains((byte)'\n'))
        {
            return false;
        }

        ReadOnlySpan<byte> head = _bytes.AsSpan(_start, Math.Min(available, 64));
        int mark = 0;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            mark = 3;
        }
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            (mark, Encoding) = (2, FileEncoding.Utf16LittleEndian);
        }
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            (mark, Encoding) = (2, FileEncoding.Utf16BigEndian);
        }
        else if (ZeroesAt(head, 1))
        {
            Encoding = FileEncoding.Utf16LittleEndian;
        }
        else if (ZeroesAt(head, 0))
        {
            Encoding = FileEncoding.Utf16BigEndian;
        }

        _start += mark;
        _offset += mark;
        _scanned = Math.Max(_scanned, _start);
        _isProbed = true;
        return true;
    }
    // Logs begin with digits and the like: in UTF-16 nearly every other byte is zero there, and hardly any of the rest.
    private static bool ZeroesAt(ReadOnlySpan<byte> head, int first)
    {
        int zeroes = 0;
        int others = 0;
        for (int at = 0; at < head.Length; at++)
        {
            if (head[at] == 0)
            {
                zeroes += (at & 1) == first ? 1 : 0;
                others += (at & 1) == first ? 0 : 1;
            }
        }

        return zeroes >= 8 && others * 8 <= zeroes && zeroes * 8 >= head.Length * 3;
    }
}
