using System.Text.Json.Serialization;

namespace Bongsu.Server.Http;

/// <summary>Who is signed in; see docs/guide/http-api.md.</summary>
internal sealed record SessionView(
    bool AuthRequired, bool SignedIn, string? Tenant, string[] Scopes, string Version, bool Demo);

/// <summary>Body of <c>POST /api/session</c>.</summary>
internal sealed record SignInRequest(string? Key);

/// <summary>Source-generated JSON of the API's small documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(SignInRequest))]
internal sealed partial class ApiJson : JsonSerializerContext;
