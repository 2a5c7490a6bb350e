using Bongsu.Ingest;
using Bongsu.Ingest.Protocols;
using Bongsu.Ingest.Protocols.ElasticsearchBulk;
using Bongsu.Server.Auth;
using Bongsu.Server.Hosting;
using Bongsu.Store;

namespace Bongsu.Server.Http;

/// <summary>
/// Elasticsearch's bulk API and what its clients ask first, below <c>/elasticsearch</c>; at the root too for shippers
/// that cannot be
/// given a path (rsyslog's omelasticsearch).
/// </summary>
internal sealed class ElasticsearchEndpoints(Database database, IngestGateway gateway, ServerOptions options)
{
    // What shippers ask at the root of a server; the names begin with an underscore, so that no page of the web UI is
    // hidden.
    private static readonly string[] s_rootPaths =
    [
        "/_bulk", "/{index}/_bulk", "/_license", "/_cat/{**rest}", "/_cluster/{**rest}", "/_nodes/{**rest}", "/_xpack/{**rest}",
        "/_template/{**rest}", "/_index_template/{**rest}", "/_component_template/{**rest}", "/_ilm/{**rest}", "/_ingest/{**rest}",
        "/_data_stream/{**rest}",
    ];

    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        Task Answer(HttpContext http, ElasticsearchEndpoints elasticsearch) => elasticsearch.AnswerAsync(http);
        routes.Map("/elasticsearch/{**rest}", Answer).Requires(Scopes.Ingest);
        foreach (string path in s_rootPaths)
        {
            routes.Map(path, Answer).Requires(Scopes.Ingest);
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        string path = http.Request.Path.Value!;
        if (http.Request.Path.StartsWithSegments("/elasticsearch", out PathString below))
        {
            path = below.HasValue ? below.Value! : "/";
        }

        ProtocolReply reply;
        try
        {
            reply = await ReplyAsync(http, path);
        }
        catch (StoreBusyException busy)
        {
            reply = BulkWriter.Refuse(busy);
        }

        http.Response.Headers[ElasticsearchHandshake.ProductHeader] = ElasticsearchHandshake.Product;
        string type = ElasticsearchHandshake.NegotiateContentType(http.Request.Headers.Accept, reply.ContentType);
        await ProtocolReplies.SendAsync(http, reply with { ContentType = type });
    }

    private async Task<ProtocolReply> ReplyAsync(HttpContext http, string path)
    {
        string tenant = http.Principal().Tenant;
        string method = http.Request.Method.ToUpperInvariant();
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (method is "POST" or "PUT" && parts is ["_bulk"] or [_, "_bulk"])
        {
            using var decoder = new BulkDecoder(gateway.OptionsFor(tenant), parts.Length == 2 ? parts[0] : null);
            using RequestBody body = await RequestBody.ReadPiecesAsync(http, gateway, options, decoder.Add);
            return await WriteAsync(http, tenant, decoder.Finish(), isDocument: false);
        }

        if (method is "POST" or "PUT" && parts is [_, "_doc" or "_create", ..] && parts.Length <= 3)
        {
            bool isCreate = parts[1] == "_create" || http.Request.Query["op_type"] == "create";
            string? id = parts.Length == 3 ? parts[2] : null;
            using RequestBody body = await RequestBody.ReadAsync(http, gateway, options);
            BulkRequest request = BulkDecoder.DecodeDocument(body.Span, parts[0], id, isCreate, gateway.OptionsFor(tenant));
            return await WriteAsync(http, tenant, request, isDocument: true);
        }

        return ElasticsearchHandshake.Answer(method, path, index => TableExists(tenant, index))
            ?? ElasticsearchHandshake.Error(
                400,
                "illegal_argument_exception",
                $"{method} {path} is not spoken here: Bongsu takes _bulk and _doc; ask questions in KQL at /api/query");
    }

    private Task<ProtocolReply> WriteAsync(HttpContext http, string tenant, BulkRequest request, bool isDocument)
    {
        string source = IngestEndpoints.AppendOptionsOf(http).SourceId;
        return BulkWriter.WriteAsync(gateway, tenant, request, source, isDocument, http.RequestAborted);
    }

    private bool TableExists(string tenant, string index) => database.FindTable(tenant, IndexNames.ToTable(index)) is not null;
}
