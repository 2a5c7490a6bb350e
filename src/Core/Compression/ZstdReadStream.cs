using Bongsu.Core.Vectors;


namespace Bongsu.Core.Compression;

/// <summary>Reads what a stream of Zstandard frames (RFC 8878) holds. Memory is bounded: 8 MiB of window and one
/// buffer.</summary>
/// <remarks>Damaged bytes, and an end within a frame, throw <see cref="InvalidDataException"/>. Not thread-safe; owns
/// the inner stream.</remarks>
public sealed class ZstdReadStream : System.IO.Stream
{
    private const int BufferBytes = 128 << 10;

    private readonly System.IO.Stream _inner;
    private byte[] _buffer = SharedArrays.Rent<byte>(BufferBytes);
    private nint _context = Zstd.CreateDecompressor();
    private int _start;
    private int _end;
    private bool _isAtFrameEnd = true;
    private bool _isFull;

    /// <summary>Takes over the compressed stream.</summary>
    public ZstdReadStream(System.IO.Stream inner)
    {
        _inner = inner;
    }

    /// <summary>Frees the context where nobody disposed it.</summary>
    ~ZstdReadStream()
    {
        Dispose(disposing: false);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            if (TryDecompress(buffer, out int written))
            {
                return written;
            }

            TakeInput(_inner.Read(_buffer));
            if (_end == 0)
            {
                return AtEnd();
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (TryDecompress(buffer.Span, out int written))
            {
                return written;
            }

            TakeInput(await _inner.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false));
            if (_end == 0)
            {
                return AtEnd();
            }
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        nint context = Interlocked.Exchange(ref _context, 0);
        if (context != 0)
        {
            Zstd.FreeDecompressor(context);
        }

        if (disposing && _buffer.Length > 0)
        {
            SharedArrays.Return(_buffer);
            _buffer = [];
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // True where there are bytes to give, or none were asked for.
    private bool TryDecompress(Span<byte> destination, out int written)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        written = 0;

        // A call that filled its room may have left bytes inside the context.
        while ((_start < _end || _isFull) && written == 0 && !destination.IsEmpty)
        {
            bool ended = Zstd.DecompressNext(
                _context, _buffer.AsSpan(_start, _end - _start), destination, out int consumed, out written);
            _start += consumed;
            _isFull = written == destination.Length;
            _isAtFrameEnd = consumed + written == 0 ? _isAtFrameEnd : ended;
            if (consumed + written == 0)
            {
                break;
            }
        }

        return written > 0 || destination.IsEmpty;
    }

    private void TakeInput(int length)
    {
        _start = 0;
        _end = length;
    }

    private int AtEnd() => _isAtFrameEnd ? 0 : throw new InvalidDataException("zstd: the data ends within a frame");
}
