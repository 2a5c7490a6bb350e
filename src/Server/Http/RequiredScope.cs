using Bongsu.Server.Auth;

namespace Bongsu.Server.Http;

/// <summary>Endpoint metadata: the scope a request needs.</summary>
/// <param name="Scope">The scope.</param>
internal sealed record RequiredScope(Scopes Scope);
