using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Bongsu.Core.Dynamic;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>Answers to bulk and document requests as Elasticsearch 8 gives them.</summary>
internal static class BulkReply
{
    public const string ContentType = "application/json";

    private const int GeneratedIdBytes = 15;

    /// <summary>One error for the whole request.</summary>
    public static ProtocolReply OfError(BulkError error, TimeSpan? retryAfter = null)
    {
        ReadOnlyMemory<byte> body = Write(json =>
        {
            json.WriteStartObject();
            WriteError(json, error, isRoot: true);
            json.WriteNumber("status"u8, error.Status);
            json.WriteEndObject();
        });
        var reply = new ProtocolReply(error.Status, ContentType, body);
        return retryAfter is { } wait
            ? reply with { Headers = [new("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))] }
            : reply;
    }

    /// <summary>An item for each action, or the one item of a document request.</summary>
    public static ProtocolReply OfItems(BulkRequest request, BulkOutcome[] outcomes, TimeSpan took, bool isDocument)
    {
        if (isDocument)
        {
            BulkError? error = ErrorOf(request.Items[0], outcomes);
            return error is not null
                ? OfError(error)
                : new ProtocolReply(201, ContentType, Write(json => WriteItem(json, request, 0, outcomes, isDocument: true)));
        }

        return new ProtocolReply(200, ContentType, Write(json => WriteItems(json, request, outcomes, took)));
    }

    private static void WriteItems(Utf8JsonWriter json, BulkRequest request, BulkOutcome[] outcomes, TimeSpan took)
    {
        bool anyError = false;
        for (int item = 0; item < request.Items.Count && !anyError; item++)
        {
            anyError = ErrorOf(request.Items[item], outcomes) is not null;
        }

        json.WriteStartObject();
        json.WriteBoolean("errors"u8, anyError);
        json.WriteNumber("took"u8, (long)took.TotalMilliseconds);
        json.WriteStartArray("items"u8);
        for (int item = 0; item < request.Items.Count; item++)
        {
            json.WriteStartObject();
            json.WritePropertyName(NameOf(request.Items[item].Action));
            WriteItem(json, request, item, outcomes, isDocument: false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, BulkRequest request, int number, BulkOutcome[] outcomes, bool isDocument)
    {
        BulkItem item = request.Items[number];
        BulkError? error = ErrorOf(item, outcomes);
        json.WriteStartObject();
        json.WriteString("_index"u8, item.Index);
        WriteId(json, request, number);
        if (error is not null)
        {
            json.WriteNumber("status"u8, error.Status);
            WriteError(json, error, isRoot: false);
        }
        else
        {
            json.WriteNumber("_version"u8, 1);
            json.WriteString("result"u8, "created"u8);
            json.WriteStartObject("_shards"u8);
            json.WriteNumber("total"u8, 1);
            json.WriteNumber("successful"u8, 1);
            json.WriteNumber("failed"u8, 0);
            json.WriteEndObject();
            json.WriteNumber("_seq_no"u8, Math.Max(0, item.Row));
            json.WriteNumber("_primary_term"u8, 1);
            if (!isDocument)
            {
                json.WriteNumber("status"u8, 201);
            }
        }

        json.WriteEndObject();
    }

    // Ids nobody asked for are made up for the answer only: 20 characters, as Elasticsearch's are, unique within it.
    private static void WriteId(Utf8JsonWriter json, BulkRequest request, int number)
    {
        ReadOnlySpan<byte> id = request.Ids[number];
        if (!id.IsEmpty)
        {
            json.WriteString("_id"u8, id);
            return;
        }

        Span<byte> made = stackalloc byte[GeneratedIdBytes];
        made.Clear();
        BinaryPrimitives.WriteInt64BigEndian(made, request.ReceivedTicks);
        BinaryPrimitives.WriteInt32BigEndian(made[8..], number);
        Span<byte> text = stackalloc byte[GeneratedIdBytes * 4 / 3];
        Base64Url.EncodeToUtf8(made, text);
        json.WriteString("_id"u8, text);
    }

    private static BulkError? ErrorOf(in BulkItem item, BulkOutcome[] outcomes)
    {
        if (item.Error is not null)
        {
            return item.Error;
        }

        BulkOutcome outcome = outcomes[item.Table];
        bool isDuplicate = outcome.Error is null && outcome.DuplicateRows is { } duplicates && duplicates[item.Row];
        return isDuplicate
            ? new BulkError(409, "version_conflict_engine_exception", "version conflict, document already exists (current version [1])")
            : outcome.Error;
    }

    private static void WriteError(Utf8JsonWriter json, BulkError error, bool isRoot)
    {
        json.WriteStartObject("error"u8);
        if (isRoot)
        {
            json.WriteStartArray("root_cause"u8);
            json.WriteStartObject();
            json.WriteString("type"u8, error.Type);
            json.WriteString("reason"u8, error.Reason);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteString("type"u8, error.Type);
        json.WriteString("reason"u8, error.Reason);
        json.WriteEndObject();
    }

    private static string NameOf(BulkAction action) => action switch
    {
        BulkAction.Create => "create",
        BulkAction.Update => "update",
        BulkAction.Delete => "delete",
        _ => "index",
    };

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, DynamicJson.WriterOptions))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }
}
