using System.Buffers;
using Bongsu.Core.Types;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Protocols.Ndjson;

/// <summary>The lines of one large body in chunks, decoded by helpers where there are any, else by who brings them. One
/// owner.</summary>
/// <remarks>
/// The bytes are kept until the end: where the chunks turn out not to fit together, they are read again one after the
/// other. The memory for them is part of what is reserved for each request.
/// </remarks>
internal sealed class NdjsonChunks(DecodeOptions options, Schema? tableSchema, DecodeCrew crew)
{
    // Decoders compare and scan in vectors a little past the end of lines.
    private const int SlackBytes = 64;

    // Of all chunks together not many more cells than one request may have.
    private readonly long _maxCells = Math.Max(1, options.Limits.MaxCells / 64);
    private readonly List<NdjsonChunk> _chunks = [];
    private readonly List<Task> _helpers = [];
    private byte[] _buffer = [];
    private int _length;
    private volatile bool _hasMetLimit;

    /// <summary>Takes whole lines.</summary>
    public void Add(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty)
        {
            return;
        }

        if (_length > 0 && _length + lines.Length > crew.ChunkBytes)
        {
            EndChunk();
        }

        if (_length == 0)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(crew.ChunkBytes, lines.Length) + SlackBytes);
        }

        lines.CopyTo(_buffer.AsSpan(_length));
        _length += lines.Length;
    }

    /// <summary>Takes a line that is refused for its length.</summary>
    public void AddRefused(long lineBytes)
    {
        EndChunk();
        _chunks.Add(new NdjsonChunk([], 0) { RefusedBytes = lineBytes });
    }

    /// <summary>All chunks, in order, once they are decoded.</summary>
    public async Task<List<NdjsonChunk>> CompleteAsync()
    {
        EndChunk();
        await Task.WhenAll(_helpers).ConfigureAwait(false);
        return _chunks;
    }

    private void EndChunk()
    {
        if (_length == 0)
        {
            return;
        }

        var chunk = new NdjsonChunk(_buffer, _length) { MetLimit = _hasMetLimit };
        _chunks.Add(chunk);
        (_buffer, _length) = ([], 0);
        if (chunk.MetLimit)
        {
            return;
        }

        if (crew.TryBorrow())
        {
            _helpers.Add(Task.Run(() => Help(chunk)));
        }
        else
        {
            Decode(chunk);
        }
    }

    private void Help(NdjsonChunk chunk)
    {
        try
        {
            Decode(chunk);
        }
        finally
        {
            crew.Leave();
        }
    }

    private void Decode(NdjsonChunk chunk)
    {
        NdjsonReader.Decode(chunk, options, tableSchema, _maxCells);
        _hasMetLimit |= chunk.MetLimit;
    }
}
