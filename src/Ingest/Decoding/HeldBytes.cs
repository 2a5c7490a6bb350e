using System.Buffers;

namespace Bongsu.Ingest.Decoding;

/// <summary>Bytes kept from one piece of a body to the next, in memory of the shared pool. One owner.</summary>
internal sealed class HeldBytes : IDisposable
{
    // Room behind the bytes, so that they are compared and scanned in vectors to their end.
    private const int SlackBytes = 64;
    private byte[] _buffer = [];

    /// <summary>Number of bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, Length);

    /// <summary>Adds bytes at the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        long wanted = (long)Length + bytes.Length + SlackBytes;
        if (_buffer.Length < wanted)
        {
            byte[] grown = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wanted, 2L * _buffer.Length), Array.MaxLength));
            Span.CopyTo(grown);
            Dispose();
            _buffer = grown;
        }

        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Forgets the bytes and keeps the room.</summary>
    public void Clear() => Length = 0;

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
