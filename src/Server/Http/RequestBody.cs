using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Bongsu.Core.Compression;
using Bongsu.Ingest;
using Bongsu.Server.Hosting;

namespace Bongsu.Server.Http;

/// <summary>The whole body of an ingest request, decompressed into one buffer under the limits. Dispose it once
/// decoded.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>Decoders may read this many bytes past the end (never mind what they are), so that they can work in
    /// vectors.</summary>
    private const int SlackBytes = 64;
    private const int FirstBufferBytes = 256 << 10;
    private readonly IngestBudget.Reservation _reservation;
    private byte[] _buffer;

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
        string encoding = http.Request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
        using System.IO.Stream body = Open(http.Request.BodyReader, encoding);
        bool isPlain = encoding is "" or "identity";
        long limit = Math.Min(isPlain ? options.MaxBodyBytes : options.MaxInflatedBytes, Array.MaxLength - SlackBytes);
        long expected = isPlain ? http.Request.ContentLength ?? FirstBufferBytes : (http.Request.ContentLength ?? FirstBufferBytes) * 4;

        // Reserved by what is announced, grown by what really comes; never pre-sized past a modest first buffer on the
        // client's word.
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
                if (length > limit)
                {
                    throw new BadHttpRequestException(
                        $"the body passes {limit} bytes{(isPlain ? "" : " once decompressed")}", StatusCodes.Status413PayloadTooLarge);
                }
            }
        }
        catch (Exception error)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            reservation.Dispose();
            throw error is InvalidDataException
                ? new BadHttpRequestException($"the body is not valid {encoding}", StatusCodes.Status400BadRequest, error)
                : Rethrow(error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        byte[] buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _reservation.Dispose();
        }
    }

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
