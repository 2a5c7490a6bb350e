using System.Text;
using System.Text.Json;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>What Elasticsearch clients and shippers ask before (and between) bulk requests, answered so that they go
/// on.</summary>
/// <remarks>
/// Source: Elasticsearch reference 8.x (REST APIs, "API compatibility") and Beats 8.x, "Configure the Elasticsearch
/// output". Templates,
/// policies and pipelines are acknowledged and not kept: a table needs none of them. Holds no state.
/// </remarks>
public static class ElasticsearchHandshake
{
    /// <summary>The version told to clients: high among 8.x, since Beats refuse servers older than
    /// themselves.</summary>
    public const string Version = "8.19.8";

    /// <summary>Header that the official clients insist on, and its value.</summary>
    public const string ProductHeader = "X-Elastic-Product";

    /// <summary>Value of <see cref="ProductHeader"/>.</summary>
    public const string Product = "Elasticsearch";

    private const string ClusterUuid = "Ym9uZ3N1LWNsdXN0ZXItMQ";
    private const string JsonType = "application/json";

    /// <summary>Answers a request.</summary>
    /// <param name="method">HTTP method in upper case.</param>
    /// <param name="path">Decoded path below the mount point, beginning with a slash.</param>
    /// <param name="tableExists">Whether a table exists, for <c>HEAD /{index}</c>.</param>
    /// <returns>The answer; null where this is none of a shipper's questions (bulk and documents included).</returns>
    public static ProtocolReply? Answer(string method, string path, Func<string, bool> tableExists)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool reads = method is "GET" or "HEAD";
        if (parts.Length == 0)
        {
            return reads ? Json(200, Info()) : null;
        }

        return parts[0] switch
        {
            "_license" when reads => Json(200, License()),
            "_xpack" when reads => Json(200, XPack(parts)),
            "_cluster" when parts.Length > 1 => Cluster(reads, parts[1]),
            "_cat" when reads && parts.Length > 1 => Cat(parts[1]),
            "_nodes" when reads => Json(200, Nodes()),
            "_security" when reads => Json(200, """{"username":"bongsu","roles":["superuser"],"enabled":true}"""),
            "_template" or "_index_template" or "_component_template" or "_ilm" or "_ingest" or "_enrich" or "_slm" =>
                Stored(method, parts),
            "_data_stream" when parts.Length > 1 => DataStream(method, parts[1], tableExists),
            "_aliases" or "_alias" => reads ? Json(404, "{}") : Acknowledged(),
            "_refresh" or "_flush" or "_forcemerge" => Json(200, Shards()),
            _ when parts[0].StartsWith('_') => null,
            _ => Index(method, parts, tableExists),
        };
    }

    /// <summary>The content type of an answer: the client's own media type with its compatibility, where it asks for
    /// one.</summary>
    /// <param name="accept">The request's <c>Accept</c> header.</param>
    /// <param name="plain">The answer's content type without one.</param>
    public static string NegotiateContentType(string? accept, string plain)
    {
        const string Vendor = "application/vnd.elasticsearch+";
        int at = accept?.IndexOf(Vendor, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0 || plain != JsonType)
        {
            return plain;
        }

        int version = accept!.IndexOf("compatible-with=", at, StringComparison.OrdinalIgnoreCase);
        bool isNine = version >= 0 && accept.AsSpan(version + "compatible-with=".Length).StartsWith("9");
        return $"{Vendor}json;compatible-with={(isNine ? 9 : 8)}";
    }

    /// <summary>An error in Elasticsearch's form, for what has no answer.</summary>
    public static ProtocolReply Error(int status, string type, string reason) =>
        BulkReply.OfError(new BulkError(status, type, reason));

    private static ProtocolReply? Cluster(bool reads, string what) => what switch
    {
        "health" when reads => Json(200, Health()),
        "settings" => Json(200, """{"acknowledged":true,"persistent":{},"transient":{},"defaults":{}}"""),
        _ => null,
    };

    private static ProtocolReply? Cat(string what) => what switch
    {
        "health" => Text("1700000000 00:00:00 bongsu green 1 1 0 0 0 0 0 0 0 - 100.0%\n"),
        "indices" or "templates" or "aliases" => Text(""),
        "nodes" => Text("127.0.0.1 0 0 0 0.00 0.00 0.00 dim * bongsu\n"),
        _ => null,
    };

    // Templates, policies and pipelines: not there when asked for, acknowledged when put.
    private static ProtocolReply Stored(string method, string[] parts) => method switch
    {
        "HEAD" => Json(404, ""),
        "GET" when parts is ["_ingest", "pipeline", ..] or ["_enrich", ..] => Json(404, "{}"),
        "GET" when parts.Length <= (parts[0] is "_ilm" or "_slm" ? 2 : 1) => Json(200, "{}"),
        "GET" => Error(404, "resource_not_found_exception", $"[{parts[^1]}] is not kept: tables need no templates or policies"),
        _ => Acknowledged(),
    };

    private static ProtocolReply DataStream(string method, string name, Func<string, bool> tableExists)
    {
        if (method is not ("GET" or "HEAD"))
        {
            return Acknowledged();
        }

        return tableExists(IndexNames.ToTable(name))
            ? Json(200, Object(json =>
            {
                json.WriteStartArray("data_streams"u8);
                json.WriteStartObject();
                json.WriteString("name"u8, name);
                json.WriteStartObject("timestamp_field"u8);
                json.WriteString("name"u8, "@timestamp"u8);
                json.WriteEndObject();
                json.WriteStartArray("indices"u8);
                json.WriteEndArray();
                json.WriteNumber("generation"u8, 1);
                json.WriteString("status"u8, "GREEN"u8);
                json.WriteString("template"u8, name);
                json.WriteEndObject();
                json.WriteEndArray();
            }))
            : Error(404, "index_not_found_exception", $"no such index [{name}]");
    }

    private static ProtocolReply? Index(string method, string[] parts, Func<string, bool> tableExists)
    {
        if (parts.Length == 1)
        {
            return method switch
            {
                "HEAD" => Json(tableExists(IndexNames.ToTable(parts[0])) ? 200 : 404, ""),
                "PUT" => Json(200, Object(json =>
                {
                    json.WriteBoolean("acknowledged"u8, true);
                    json.WriteBoolean("shards_acknowledged"u8, true);
                    json.WriteString("index"u8, parts[0]);
                })),
                _ => null,
            };
        }

        return parts[1] switch
        {
            "_refresh" or "_flush" or "_forcemerge" => Json(200, Shards()),
            "_mapping" or "_settings" or "_alias" or "_aliases" when method is "PUT" or "POST" => Acknowledged(),
            "_alias" when method is "GET" or "HEAD" => Json(404, method == "HEAD" ? "" : "{}"),
            _ => null,
        };
    }

    private static string Info() => Object(json =>
    {
        json.WriteString("name"u8, "bongsu"u8);
        json.WriteString("cluster_name"u8, "bongsu"u8);
        json.WriteString("cluster_uuid"u8, ClusterUuid);
        json.WriteStartObject("version"u8);
        json.WriteString("number"u8, Version);
        json.WriteString("build_flavor"u8, "default"u8);
        json.WriteString("build_type"u8, "tar"u8);
        json.WriteString("build_hash"u8, "0000000000000000000000000000000000000000"u8);
        json.WriteString("build_date"u8, "2026-01-01T00:00:00.000000000Z"u8);
        json.WriteBoolean("build_snapshot"u8, false);
        json.WriteString("lucene_version"u8, "9.12.2"u8);
        json.WriteString("minimum_wire_compatibility_version"u8, "7.17.0"u8);
        json.WriteString("minimum_index_compatibility_version"u8, "7.0.0"u8);
        json.WriteEndObject();
        json.WriteString("tagline"u8, "You Know, for Search"u8);
    });

    private static string License() => Object(json =>
    {
        json.WriteStartObject("license"u8);
        json.WriteString("status"u8, "active"u8);
        json.WriteString("uid"u8, ClusterUuid);
        json.WriteString("type"u8, "basic"u8);
        json.WriteString("issue_date"u8, "2026-01-01T00:00:00.000Z"u8);
        json.WriteNumber("issue_date_in_millis"u8, 1767225600000);
        json.WriteNumber("max_nodes"u8, 1000);
        json.WriteString("issued_to"u8, "bongsu"u8);
        json.WriteString("issuer"u8, "bongsu"u8);
        json.WriteNumber("start_date_in_millis"u8, -1);
        json.WriteEndObject();
    });

    private static string XPack(string[] parts) => parts.Length > 1 && parts[1] == "usage"
        ? "{}"
        : Object(json =>
        {
            json.WriteStartObject("license"u8);
            json.WriteString("uid"u8, ClusterUuid);
            json.WriteString("type"u8, "basic"u8);
            json.WriteString("mode"u8, "basic"u8);
            json.WriteString("status"u8, "active"u8);
            json.WriteEndObject();
            json.WriteStartObject("features"u8);
            foreach (string feature in (ReadOnlySpan<string>)["ilm", "monitoring", "security", "data_streams"])
            {
                json.WriteStartObject(feature);
                json.WriteBoolean("available"u8, true);
                json.WriteBoolean("enabled"u8, feature != "monitoring");
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });

    private static string Health() => Object(json =>
    {
        json.WriteString("cluster_name"u8, "bongsu"u8);
        json.WriteString("status"u8, "green"u8);
        json.WriteBoolean("timed_out"u8, false);
        json.WriteNumber("number_of_nodes"u8, 1);
        json.WriteNumber("number_of_data_nodes"u8, 1);
        json.WriteNumber("active_primary_shards"u8, 0);
        json.WriteNumber("active_shards"u8, 0);
        json.WriteNumber("relocating_shards"u8, 0);
        json.WriteNumber("initializing_shards"u8, 0);
        json.WriteNumber("unassigned_shards"u8, 0);
        json.WriteNumber("delayed_unassigned_shards"u8, 0);
        json.WriteNumber("number_of_pending_tasks"u8, 0);
        json.WriteNumber("number_of_in_flight_fetch"u8, 0);
        json.WriteNumber("task_max_waiting_in_queue_millis"u8, 0);
        json.WriteNumber("active_shards_percent_as_number"u8, 100.0);
    });

    // No addresses: a client that sniffs for nodes keeps the one it has.
    private static string Nodes() => Object(json =>
    {
        json.WriteStartObject("_nodes"u8);
        json.WriteNumber("total"u8, 1);
        json.WriteNumber("successful"u8, 1);
        json.WriteNumber("failed"u8, 0);
        json.WriteEndObject();
        json.WriteString("cluster_name"u8, "bongsu"u8);
        json.WriteStartObject("nodes"u8);
        json.WriteStartObject("bongsu"u8);
        json.WriteString("name"u8, "bongsu"u8);
        json.WriteString("version"u8, Version);
        json.WriteStartArray("roles"u8);
        json.WriteStringValue("data"u8);
        json.WriteStringValue("ingest"u8);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static string Shards() => """{"_shards":{"total":1,"successful":1,"failed":0}}""";

    private static ProtocolReply Acknowledged() => Json(200, """{"acknowledged":true}""");

    private static ProtocolReply Text(string text) => new(200, "text/plain; charset=UTF-8", Encoding.UTF8.GetBytes(text));

    private static ProtocolReply Json(int status, string json) => new(status, JsonType, Encoding.UTF8.GetBytes(json));

    private static string Object(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
