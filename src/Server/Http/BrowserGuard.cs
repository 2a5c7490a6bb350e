using System.Net;
using Bongsu.Server.Hosting;

namespace Bongsu.Server.Http;

/// <summary>
/// Keeps other web sites out: the <c>Host</c> must be ours (against DNS rebinding), the <c>Origin</c>, where a browser
/// sends one, must be
/// the same site, and the API takes JSON only (a form of another site cannot send that without asking first).
/// </summary>
internal sealed class BrowserGuard(RequestDelegate next, ServerOptions options)
{
    private readonly HashSet<string> _allowedHosts = new(options.AllowedHosts, StringComparer.OrdinalIgnoreCase)
    {
        "localhost",
    };

    /// <summary>Passes a request on, or answers 400, 403 or 415.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        HttpRequest request = http.Request;
        if (!IsAllowedHost(request.Host.Host))
        {
            return ApiError.WriteAsync(http, 400, "host", $"host '{request.Host.Host}' is not served here; allow it by --allowed-hosts");
        }

        string origin = request.Headers.Origin.ToString();
        bool isForeign = origin.Length > 0
            ? !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"] == "cross-site" && !IsNavigation(request);
        if (isForeign)
        {
            return ApiError.WriteAsync(http, 403, "origin", "requests from other web sites are refused");
        }

        if (request.Path.StartsWithSegments("/api") && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) &&
            !HttpMethods.IsDelete(request.Method) && !HasJsonBody(request))
        {
            return ApiError.WriteAsync(http, 415, "content_type", "the body must be JSON: send 'Content-Type: application/json'");
        }

        return next(http);
    }

    // With credentials a name of any kind may lead here (a load balancer's, for instance), unless the operator lists
    // them.
    private bool IsAllowedHost(string host) =>
        _allowedHosts.Contains(host) ||
        (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)
            ? IPAddress.IsLoopback(address) || !options.Http.IsLoopback
            : !options.Http.IsLoopback && options.AllowedHosts.Count == 0);

    private static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate";

    private static bool HasJsonBody(HttpRequest request) =>
        request.ContentType is { } type &&
        type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
