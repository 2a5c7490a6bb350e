using System.Reflection;
using Bongsu.Server.Auth;
using Bongsu.Server.Hosting;

namespace Bongsu.Server.Http;

/// <summary><c>/api/session</c>: who am I, sign in with a key, sign out.</summary>
internal static class SessionEndpoints
{
    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(SessionEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/session", (HttpContext http, ApiKeyFile keys, ServerOptions options) =>
            Results.Json(View(http.FindPrincipal(), keys, options), ApiJson.Readable.SessionView));
        routes.MapPost("/api/session", SignInAsync);
        routes.MapDelete("/api/session", (HttpContext http) =>
        {
            http.Response.Cookies.Delete(CredentialGuard.CookieName);
            return Results.NoContent();
        });
    }

    private static async Task SignInAsync(HttpContext http, ApiKeyFile keys, SessionTokens sessions, ServerOptions options)
    {
        SignInRequest? request = await ApiBody.ReadAsync(http, ApiJson.Default.SignInRequest);
        if (request is null)
        {
            return;
        }

        Principal? principal = keys.Authenticate(request.Key?.Trim() ?? "");
        if (principal?.KeyId is null)
        {
            await ApiError.WriteAsync(http, 401, "unauthorized", "this key is not known here");
            return;
        }

        http.Response.Cookies.Append(CredentialGuard.CookieName, sessions.Issue(principal.KeyId), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            MaxAge = SessionTokens.Lifetime,
            Path = "/",
        });
        await http.Response.WriteAsJsonAsync(View(principal, keys, options), ApiJson.Readable.SessionView);
    }

    private static SessionView View(Principal? principal, ApiKeyFile keys, ServerOptions options) => new(
        keys.IsConfigured, principal?.KeyId is not null, principal?.Tenant,
        principal is null ? [] : ScopeNames.Names(principal.Scopes), Version, options.IsDemo);
}
