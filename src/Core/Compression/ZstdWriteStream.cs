namespace Bongsu.Core.Compression;

/// <summary>Writes one Zstandard frame (RFC 8878) to a stream, which it leaves open. Not thread-safe.</summary>
public sealed class ZstdWriteStream : System.IO.Stream
{
    private const int BufferBytes = 64 << 10;
    private readonly System.IO.Stream _inner;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private nint _context;

    /// <summary>Begins a frame.</summary>
    /// <param name="inner">Where the compressed bytes go.</param>
    /// <param name="level">1 (fast) to 19 (small).</param>
    public ZstdWriteStream(System.IO.Stream inner, int level)
    {
        _inner = inner;
        _context = Zstd.CreateCompressor(level);
    }

    /// <summary>Frees the context where nobody disposed it.</summary>
    ~ZstdWriteStream()
    {
        Free();
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (bool isDone = false; !isDone;)
        {
            isDone = Zstd.CompressNext(_context, buffer, _buffer, ZstdStep.Continue, out int consumed, out int written);
            buffer = buffer[consumed..];
            _inner.Write(_buffer, 0, written);
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (bool isDone = false; !isDone;)
        {
            isDone = Zstd.CompressNext(_context, buffer.Span, _buffer, ZstdStep.Continue, out int consumed, out int written);
            buffer = buffer[consumed..];
            await _inner.WriteAsync(_buffer.AsMemory(0, written), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush()
    {
        Finish(ZstdStep.Flush);
        _inner.Flush();
    }

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await FinishAsync(ZstdStep.Flush, cancellationToken).ConfigureAwait(false);
        await _inner.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_context != 0)
        {
            await FinishAsync(ZstdStep.End, CancellationToken.None).ConfigureAwait(false);
        }

        Free();
        GC.SuppressFinalize(this);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _context != 0)
        {
            Finish(ZstdStep.End);
        }

        Free();
        base.Dispose(disposing);
    }

    private void Finish(ZstdStep step)
    {
        for (bool isDone = false; !isDone;)
        {
            isDone = Zstd.CompressNext(_context, default, _buffer, step, out _, out int written);
            _inner.Write(_buffer, 0, written);
        }
    }

    private async ValueTask FinishAsync(ZstdStep step, CancellationToken cancellationToken)
    {
        for (bool isDone = false; !isDone;)
        {
            isDone = Zstd.CompressNext(_context, default, _buffer, step, out _, out int written);
            await _inner.WriteAsync(_buffer.AsMemory(0, written), cancellationToken).ConfigureAwait(false);
        }
    }

    private void Free()
    {
        if (_context != 0)
        {
            Zstd.FreeCompressor(_context);
            _context = 0;
        }
    }
}
