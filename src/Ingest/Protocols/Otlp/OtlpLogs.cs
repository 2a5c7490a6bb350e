using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Ingest.Decoding;
using Bongsu.Store;

namespace Bongsu.Ingest.Protocols.Otlp;

/// <summary>OTLP logs, in both encodings: bodies to rows, and the answers (OTLP specification 1.x,
/// "OTLP/HTTP").</summary>
public static class OtlpLogs
{
    /// <summary>The table OTLP logs go to.</summary>
    public const string Table = "logs";

    /// <summary>Content type of the binary encoding.</summary>
    public const string ProtobufType = "application/x-protobuf";

    /// <summary>Content type of the JSON encoding.</summary>
    public const string JsonType = "application/json";

    // OTLP clients retry 503 and give up at 507: a disk that is full now may have room again.
    private static readonly TimeSpan s_retryWhenFull = TimeSpan.FromSeconds(30);

    /// <summary>Decodes an <c>ExportLogsServiceRequest</c>.</summary>
    /// <param name="body">The whole body, decompressed.</param>
    /// <param name="isJson">Whether it is of the JSON encoding.</param>
    /// <param name="options">Time and limits.</param>
    /// <param name="error">Why it is no such request.</param>
    /// <returns>The rows; null where the body is refused.</returns>
    public static DecodedBatch? Decode(ReadOnlySpan<byte> body, bool isJson, DecodeOptions options, out string? error)
    {
        error = null;
        if (isJson)
        {
            var writer = new ProtobufWriter();
            if (!OtlpJson.TryWriteLogs(body, writer, out error))
            {
                return null;
            }

            body = writer.Written;
        }

        Schema? tableSchema = options.FindSchema?.Invoke(Table);
        var decoder = new OtlpLogDecoder(options.ForTable(Table), tableSchema);
        if (decoder.TryDecode(body))
        {
            return decoder.Build();
        }

        error = "the body is no ExportLogsServiceRequest in protobuf";
        return null;
    }

    /// <summary>Writes decoded rows; answers with the partial success that tells what was refused.</summary>
    /// <param name="gateway">The way into the store.</param>
    /// <param name="tenant">Owner of the table.</param>
    /// <param name="decoded">From <see cref="Decode"/>.</param>
    /// <param name="options">Keys against repeats, and the source.</param>
    /// <param name="isJson">The encoding of the answer.</param>
    /// <param name="cancellationToken">Heeded until the rows are on their way to the disk.</param>
    public static async Task<ProtocolReply> WriteAsync(
        IngestGateway gateway,
        string tenant,
        DecodedBatch decoded,
        AppendOptions options,
        bool isJson,
        CancellationToken cancellationToken)
    {
        try
        {
            await gateway.WriteAsync(tenant, Table, decoded, options, cancellationToken).ConfigureAwait(false);
            return Success(decoded, isJson);
        }
        catch (StoreBusyException busy)
        {
            return Error(429, busy.Message, isJson, busy.RetryAfter);
        }
        catch (StoreFullException full)
        {
            return Error(503, full.Message, isJson, s_retryWhenFull);
        }
        catch (StoreException refused)
        {
            return Error(400, refused.Message, isJson);
        }
    }

    /// <summary>An error: a <c>google.rpc.Status</c> in the request's encoding.</summary>
    public static ProtocolReply Error(int status, string message, bool isJson, TimeSpan? retryAfter = null)
    {
        ProtocolReply reply;
        if (isJson)
        {
            reply = Json(status, json => json.WriteString("message"u8, message));
        }
        else
        {
            var writer = new ProtobufWriter();
            writer.WriteBytes(2, Encoding.UTF8.GetBytes(message));
            reply = new ProtocolReply(status, ProtobufType, writer.Written.ToArray());
        }

        return retryAfter is { } wait
            ? reply with { Headers = [new("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))] }
            : reply;
    }

    private static ProtocolReply Success(DecodedBatch decoded, bool isJson)
    {
        string reason = decoded.Rejects.Count > 0 ? $"record {decoded.Rejects[0].Line}: {decoded.Rejects[0].Error}" : "";
        if (isJson)
        {
            return Json(200, json => WritePartialSuccess(json, decoded.RejectedCount, reason));
        }

        var writer = new ProtobufWriter();
        if (decoded.RejectedCount > 0)
        {
            int start = writer.Begin(1);
            writer.WriteVarint(1, (ulong)decoded.RejectedCount);
            writer.WriteBytes(2, Encoding.UTF8.GetBytes(reason));
            writer.End(start);
        }

        return new ProtocolReply(200, ProtobufType, writer.Written.ToArray());
    }

    private static void WritePartialSuccess(Utf8JsonWriter json, long rejectedCount, string reason)
    {
        if (rejectedCount > 0)
        {
            json.WriteStartObject("partialSuccess"u8);
            json.WriteString("rejectedLogRecords"u8, rejectedCount.ToString(CultureInfo.InvariantCulture));
            json.WriteString("errorMessage"u8, reason);
            json.WriteEndObject();
        }
    }

    private static ProtocolReply Json(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, DynamicJson.WriterOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return new ProtocolReply(status, JsonType, buffer.WrittenMemory);
    }
}
