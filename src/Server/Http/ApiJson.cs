using System.Text.Json;
using System.Text.Json.Serialization;
using Bongsu.Core.Dynamic;

namespace Bongsu.Server.Http;

/// <summary>Who is signed in; see docs/guide/http-api.md.</summary>
internal sealed record SessionView(
    bool AuthRequired, bool SignedIn, string? Tenant, string[] Scopes, string Version, bool Demo);

/// <summary>Body of <c>POST /api/session</c>.</summary>
internal sealed record SignInRequest(string? Key);

/// <summary>A query somebody keeps.</summary>
internal sealed record SavedQuery(string Id, string Name, string Query, DateTimeOffset UpdatedAt);

/// <summary>All saved queries of a tenant, by name.</summary>
internal sealed record SavedQueryList(SavedQuery[] Queries);

/// <summary>Body of a saved query's POST and PUT.</summary>
internal sealed record SavedQueryBody(string? Name, string? Query);

/// <summary>Body of <c>POST /api/backup</c>.</summary>
internal sealed record BackupRequest(string? Directory);

/// <summary>Source-generated JSON of the API's small documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(Querying.QueryRequest))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
[JsonSerializable(typeof(BackupRequest))]
[JsonSerializable(typeof(SavedQuery))]
[JsonSerializable(typeof(SavedQueryList))]
[JsonSerializable(typeof(SavedQueryBody))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>For answers: Hangul and quotes stay readable, beyond what JSON demands nothing is escaped.</summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = DynamicJson.WriterOptions.Encoder,
    });
}
