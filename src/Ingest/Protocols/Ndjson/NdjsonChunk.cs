using System.Buffers;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Protocols.Ndjson;

/// <summary>Whole lines of a large body, and the rows they make; or one line that is refused for its length. Written by
/// one thread at a time.</summary>
internal sealed class NdjsonChunk : IDisposable
{
    private readonly int _length;
    private byte[] _buffer;

    /// <summary>Lines.</summary>
    /// <param name="buffer">From the shared pool; the chunk gives it back.</param>
    /// <param name="length">Bytes of lines in it.</param>
    public NdjsonChunk(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    /// <summary>The lines.</summary>
    public ReadOnlySpan<byte> Lines => _buffer.AsSpan(0, _length);

    /// <summary>Bytes of a line that is not there, for its length; 0 = none.</summary>
    public long RefusedBytes { get; init; }

    /// <summary>The rows; null where they are not decoded.</summary>
    public DecodedBatch? Decoded { get; set; }

    /// <summary>Lines decoded.</summary>
    public long LineCount { get; set; }

    /// <summary>Whether a row was refused by a limit that holds for the whole body, or nothing was decoded since an
    /// earlier chunk met one.</summary>
    public bool MetLimit { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        byte[] buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
