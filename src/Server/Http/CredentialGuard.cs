using System.Text;
using Bongsu.Server.Auth;

namespace Bongsu.Server.Http;

/// <summary>Finds who asks, by key or session cookie, and lets through what the key's scopes allow.</summary>
internal sealed class CredentialGuard(RequestDelegate next, ApiKeyFile keys, SessionTokens sessions)
{
    /// <summary>Name of the session cookie.</summary>
    public const string CookieName = "bongsu_session";

    /// <summary>Passes a request on with its principal, or answers 401 or 403.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        Principal? principal = keys.IsConfigured ? Authenticate(http.Request) : Principal.Anonymous;
        if (principal is not null)
        {
            http.Items[typeof(Principal)] = principal;
        }

        Scopes needed = http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope ?? Scopes.None;
        if (needed == Scopes.None)
        {
            return next(http);
        }

        if (principal is null)
        {
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.WWWAuthenticate = "Bearer, ApiKey, Basic realm=\"bongsu\"";
                return Task.CompletedTask;
            });
            return ApiError.WriteAsync(http, 401, "unauthorized", "an API key is needed: send 'Authorization: Bearer KEY'");
        }

        return principal.Scopes.HasFlag(needed)
            ? next(http)
            : ApiError.WriteAsync(
                http, 403, "forbidden", $"key {principal.KeyId} lacks the scope '{ScopeNames.Names(needed)[0]}'");
    }

    private Principal? Authenticate(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        int space = header.IndexOf(' ');
        if (space > 0)
        {
            string value = header[(space + 1)..].Trim();
            return header[..space].ToUpperInvariant() switch
            {
                "BEARER" => keys.Authenticate(value),
                "APIKEY" => keys.Authenticate(value) ?? AuthenticateEncoded(value),
                "BASIC" => AuthenticateEncoded(value),
                _ => null,
            };
        }

        return request.Cookies[CookieName] is { } token && sessions.Validate(token) is { } keyId ? keys.FindById(keyId) : null;
    }

    // Basic carries base64("user:KEY"); Elasticsearch clients send base64("id:KEY") as ApiKey.
    private Principal? AuthenticateEncoded(string value)
    {
        byte[] decoded = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, decoded, out int length))
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(decoded, 0, length);
        return keys.Authenticate(text[(text.IndexOf(':') + 1)..]);
    }
}
