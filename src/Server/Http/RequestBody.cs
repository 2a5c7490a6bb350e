using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Bongsu.Core.Compression;
using Bongsu.Ingest;
using Bongsu.Server.Hosting;

namespace Bongsu.Server.Http;

/// <summary>Bodies of ingest requests, decompressed under the limits: whole in one buffer, or piece by piece. Dispose it
/// once its rows are stored.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>Decoders may read this many bytes past the end (never mind what they are), so that they can work in
    /// vectors.</summary>
    private const int SlackBytes = 64;
    private const int FirstBufferBytes = 256 << 10;
    private const int PieceBytes = 256 << 10;
    private readonly IngestBudget.Reservation _reservation;
    private byte[] _buffer;
    private bool _isDisposed;

    private RequestBody(byte[] buffer, int length, IngestBudget.Reservation reservation)
    {
        _buffer = buffer;
        Length = length;
        _reservation = reservation;
    }

    /// <summary>Bytes of the body.</summary>
    public int Length { get; }

    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, Length);

    /// <summary>Reads and decompresses a body.</summary>
    /// <exception cref="BadHttpRequestException">413 past a limit, 415 for an unknown encoding, 400 for a broken
    /// one.</exception>
    /// <exception cref="Store.StoreBusyException">Too much is in flight.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext http, IngestGateway gateway, ServerOptions options)
    {
        string encoding = EncodingOf(http);
        bool isPlain = IsPlain(encoding);
        using System.IO.Stream body = Open(http.Request.BodyReader, encoding);
        (long expected, long limit) = Sizes(http, isPlain, options);

        // Reserved by what is announced; never pre-sized past a modest first buffer on the client's word.
        IngestBudget.Reservation reservation = gateway.Reserve(Math.Min(Math.Max(expected, 1024), limit));
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(expected + SlackBytes, 8 << 20));
        try
        {
            int length = 0;
            while (true)
            {
                if (buffer.Length - length <= SlackBytes)
                {
                    buffer = Grow(buffer, length);
                }

                int read = await body.ReadAsync(buffer.AsMemory(length, buffer.Length - length - SlackBytes), http.RequestAborted);
                if (read == 0)
                {
                    return new RequestBody(buffer, length, reservation);
                }

                length += read;
                CheckLimit(length, limit, isPlain);
                IngestGateway.Grow(reservation, length);
            }
        }
        catch (Exception error)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            reservation.Dispose();
            throw error is InvalidDataException ? Broken(encoding, error) : Rethrow(error);
        }
    }

    /// <summary>Hands a body on piece by piece while it comes in, without holding it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="gateway">Lends the memory for what is made of the pieces.</param>
    /// <param name="options">The limits.</param>
    /// <param name="take">Takes a piece, and must not keep it.</param>
    /// <returns>Holds no bytes; its memory is given back by disposing it.</returns>
    /// <exception cref="BadHttpRequestException">As for <see cref="ReadAsync"/>.</exception>
    /// <exception cref="Store.StoreBusyException">Too much is in flight.</exception>
    public static async Task<RequestBody> ReadPiecesAsync(
        HttpContext http, IngestGateway gateway, ServerOptions options, Action<ReadOnlySpan<byte>> take)
    {
        string encoding = EncodingOf(http);
        bool isPlain = IsPlain(encoding);
        (long expected, long limit) = Sizes(http, isPlain, options);
        IngestBudget.Reservation reservation = gateway.Reserve(Math.Min(Math.Max(expected, 1024), limit));
        try
        {
            long length = 0;
            void Take(ReadOnlySpan<byte> piece)
            {
                length += piece.Length;
                CheckLimit(length, limit, isPlain);
                IngestGateway.Grow(reservation, length);
                take(piece);
            }

            await (isPlain
                ? TakeReceivedAsync(http.Request.BodyReader, Take, http.RequestAborted)
                : TakeInflatedAsync(http.Request.BodyReader, encoding, Take, http.RequestAborted));
            return new RequestBody([], 0, reservation);
        }
        catch (Exception error)
        {
            reservation.Dispose();
            throw error is InvalidDataException ? Broken(encoding, error) : Rethrow(error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        _reservation.Dispose();
    }

    private static string EncodingOf(HttpContext http) =>
        http.Request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();

    private static bool IsPlain(string encoding) => encoding is "" or "identity";

    private static (long Expected, long Limit) Sizes(HttpContext http, bool isPlain, ServerOptions options) => (
        (http.Request.ContentLength ?? FirstBufferBytes) * (isPlain ? 1 : 4),
        Math.Min(isPlain ? options.MaxBodyBytes : options.MaxInflatedBytes, Array.MaxLength - SlackBytes));

    private static void CheckLimit(long length, long limit, bool isPlain)
    {
        if (length > limit)
        {
            throw new BadHttpRequestException(
                $"the body passes {limit} bytes{(isPlain ? "" : " once decompressed")}", StatusCodes.Status413PayloadTooLarge);
        }
    }

    // From the very blocks the socket filled: nothing is copied.
    private static async Task TakeReceivedAsync(
        PipeReader body, Action<ReadOnlySpan<byte>> take, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult received = await body.ReadAsync(cancellation);
            foreach (ReadOnlyMemory<byte> block in received.Buffer)
            {
                take(block.Span);
            }

            body.AdvanceTo(received.Buffer.End);
            if (received.IsCompleted)
            {
                return;
            }
        }
    }

    private static async Task TakeInflatedAsync(
        PipeReader body, string encoding, Action<ReadOnlySpan<byte>> take, CancellationToken cancellation)
    {
        using System.IO.Stream inflated = Open(body, encoding);
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            int length;
            while ((length = await inflated.ReadAtLeastAsync(piece, PieceBytes, throwOnEndOfStream: false, cancellation)) > 0)
            {
                take(piece.AsSpan(0, length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static BadHttpRequestException Broken(string encoding, Exception error) =>
        new($"the body is not valid {encoding}", StatusCodes.Status400BadRequest, error);

    private static Exception Rethrow(Exception error)
    {
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        return error;
    }

    private static System.IO.Stream Open(PipeReader body, string encoding) => encoding switch
    {
        "" or "identity" => body.AsStream(),
        "gzip" or "x-gzip" => new GZipStream(body.AsStream(), CompressionMode.Decompress),
        "zstd" => new ZstdReadStream(body.AsStream()),
        "br" => new BrotliStream(body.AsStream(), CompressionMode.Decompress),
        "deflate" => new ZLibStream(body.AsStream(), CompressionMode.Decompress),
        _ => throw new BadHttpRequestException(
            $"content encoding '{encoding}' is not known; send gzip, zstd, br or deflate", StatusCodes.Status415UnsupportedMediaType),
    };

    private static byte[] Grow(byte[] buffer, int length)
    {
        byte[] grown = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, Array.MaxLength));
        buffer.AsSpan(0, length).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(buffer);
        return grown;
    }
}
