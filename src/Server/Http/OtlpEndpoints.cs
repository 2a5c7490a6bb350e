using Bongsu.Ingest;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Protocols.Otlp;
using Bongsu.Server.Auth;
using Bongsu.Server.Hosting;

namespace Bongsu.Server.Http;

/// <summary><c>POST /v1/logs</c>: OTLP/HTTP logs, protobuf and JSON (OpenTelemetry protocol specification 1.5,
/// OTLP/HTTP).</summary>
internal sealed class OtlpEndpoints(IngestGateway gateway, ServerOptions options)
{
    /// <summary>Adds the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/logs", (HttpContext http, OtlpEndpoints otlp) => otlp.TakeLogsAsync(http)).Requires(Scopes.Ingest);

    private async Task TakeLogsAsync(HttpContext http)
    {
        string type = (http.Request.ContentType ?? OtlpLogs.ProtobufType).Split(';')[0].Trim().ToLowerInvariant();
        if (type is not (OtlpLogs.ProtobufType or OtlpLogs.JsonType))
        {
            await ApiError.WriteAsync(http, 415, "content_type", $"'{type}': OTLP comes as {OtlpLogs.ProtobufType} or {OtlpLogs.JsonType}");
            return;
        }

        bool isJson = type == OtlpLogs.JsonType;
        string tenant = http.Principal().Tenant;
        using RequestBody body = await RequestBody.ReadAsync(http, gateway, options);
        DecodedBatch? decoded = OtlpLogs.Decode(body.Span, isJson, gateway.OptionsFor(tenant), out string? error);
        await ProtocolReplies.SendAsync(http, decoded is null
            ? OtlpLogs.Error(400, error!, isJson)
            : await OtlpLogs.WriteAsync(gateway, tenant, decoded, IngestEndpoints.AppendOptionsOf(http), isJson, http.RequestAborted));
    }
}
