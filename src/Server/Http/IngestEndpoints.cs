using Bongsu.Core.Types;
using Bongsu.Ingest;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Protocols.Ndjson;
using Bongsu.Server.Auth;
using Bongsu.Server.Hosting;
using Bongsu.Server.Http.Answers;
using Bongsu.Store;

namespace Bongsu.Server.Http;

/// <summary><c>POST /ingest/{table}</c>: NDJSON.</summary>
internal sealed class IngestEndpoints(Database database, IngestGateway gateway, ServerOptions options)
{
    /// <summary>Names the sender, where one connection speaks for several: event time advances by source.</summary>
    public const string SourceHeader = "X-Bongsu-Source";

    private const int MaxKeyLength = 512;

    /// <summary>Adds the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/ingest/{table}", (HttpContext http, string table, string? time, IngestEndpoints ingest) =>
            ingest.TakeAsync(http, table, time)).Requires(Scopes.Ingest);

    /// <summary>What a request says of itself beside its rows.</summary>
    /// <exception cref="BadHttpRequestException">The idempotency key is too long.</exception>
    public static AppendOptions AppendOptionsOf(HttpContext http)
    {
        string key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > MaxKeyLength)
        {
            throw new BadHttpRequestException($"Idempotency-Key has {key.Length} characters, at most {MaxKeyLength}");
        }

        string source = http.Request.Headers[SourceHeader].ToString();
        return new AppendOptions
        {
            IdempotencyKey = key.Length == 0 ? null : key,
            SourceId = source.Length > 0 ? source : http.Connection.RemoteIpAddress?.ToString() ?? "",
        };
    }

    private async Task TakeAsync(HttpContext http, string table, string? timeField)
    {
        string tenant = http.Principal().Tenant;
        Schema? schema = database.FindTable(tenant, table)?.Schema;
        using var reader = new NdjsonReader(gateway.OptionsFor(tenant, timeField).ForTable(table), schema);
        using RequestBody body = await RequestBody.ReadPiecesAsync(http, gateway, options, reader.Add);
        DecodedBatch decoded = await reader.FinishAsync();
        IngestOutcome outcome = await gateway.WriteAsync(tenant, table, decoded, AppendOptionsOf(http), http.RequestAborted);
        int status = decoded is { Accepted: 0, RejectedCount: > 0 } ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        await JsonAnswers.WriteAsync(
            http,
            json =>
            {
                json.WriteNumber("accepted", decoded.Accepted);
                json.WriteBoolean("duplicate", outcome.WasDuplicate);
                if (outcome.DroppedRows > 0)
                {
                    json.WriteNumber("dropped", outcome.DroppedRows);
                }

                json.WriteNumber("rejectedCount", decoded.RejectedCount);
                json.WriteStartArray("rejected");
                foreach (RowReject reject in decoded.Rejects)
                {
                    json.WriteStartObject();
                    json.WriteNumber("line", reject.Line);
                    json.WriteString("error", reject.Error);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            },
            status);
    }
}
