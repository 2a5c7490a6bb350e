using Microsoft.Net.Http.Headers;

namespace Bongsu.Server.Web;

/// <summary>Serves the built web UI from <c>web/</c> beside the executable: precompressed, cached for good by content
/// hash, closed by a CSP.</summary>
internal sealed class WebAssets
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; " +
        "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private static readonly Dictionary<string, string> s_contentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".ttf"] = "font/ttf",
        [".woff2"] = "font/woff2",
        [".map"] = "application/json",
    };

    private static readonly string[] s_methods = ["GET", "HEAD"];

    private readonly Dictionary<string, Asset> _assets = new(StringComparer.Ordinal);

    /// <summary>Lists the files once; nothing outside the list is ever opened.</summary>
    public WebAssets(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            string path = "/" + Path.GetRelativePath(directory, file).Replace('\\', '/');
            if (s_contentTypes.TryGetValue(Path.GetExtension(file), out string? type))
            {
                _assets[path] = new Asset(file, type, File.Exists(file + ".br"), File.Exists(file + ".gz"));
            }
        }
    }

    /// <summary>Adds the pages; paths of the UI all lead to <c>index.html</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (string page in new[] { "/", "/explore", "/alerts", "/rules", "/rules/edit", "/rules/packs", "/signin" })
        {
            routes.MapMethods(page, s_methods, http => ServeAsync(http, "/index.html"));
        }

        foreach (string path in _assets.Keys)
        {
            routes.MapMethods(path, s_methods, http => ServeAsync(http, path));
        }
    }

    private async Task ServeAsync(HttpContext http, string path)
    {
        if (!_assets.TryGetValue(path, out Asset? asset))
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(
                "Bongsu is running. The web UI was not built into this copy (./dev build does); the API is at /api.\n");
            return;
        }

        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.ContentType = asset.ContentType;
        string accepted = http.Request.Headers.AcceptEncoding.ToString();
        string file = asset.File;
        if (asset.HasBrotli && accepted.Contains("br", StringComparison.OrdinalIgnoreCase))
        {
            (file, headers.ContentEncoding) = (asset.File + ".br", "br");
        }
        else if (asset.HasGzip && accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            (file, headers.ContentEncoding) = (asset.File + ".gz", "gzip");
        }

        http.Response.ContentLength = new FileInfo(file).Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.SendFileAsync(file, http.RequestAborted);
        }
    }

    private sealed record Asset(string File, string ContentType, bool HasBrotli, bool HasGzip);
}
