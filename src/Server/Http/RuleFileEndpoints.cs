using Bongsu.Alert;
using Bongsu.Alert.Rules;
using Bongsu.Server.Auth;
using Bongsu.Server.Hosting;

namespace Bongsu.Server.Http;

/// <summary><c>/api/rules/files/…</c> and <c>/api/rules/check</c>: rule files read, checked and changed. They belong to the
/// default tenant.</summary>
internal static class RuleFileEndpoints
{
    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rules/files/{**file}", ReadAsync).Requires(Scopes.Query);
        routes.MapPut("/api/rules/files/{**file}", WriteAsync).Requires(Scopes.Admin);
        routes.MapDelete("/api/rules/files/{**file}", (HttpContext http, AlertEngine alerts, string file, string? version) =>
            ChangeAsync(http, alerts, file, text: null, version)).Requires(Scopes.Admin);
        routes.MapPost("/api/rules/check", CheckAsync).Requires(Scopes.Query);
    }

    private static async Task ReadAsync(HttpContext http, AlertEngine alerts, string file)
    {
        if (IsOwner(http) && alerts.ReadRuleFile(file) is { } known)
        {
            await http.Response.WriteAsJsonAsync(known, AlertJson.Readable.RuleFileText);
        }
        else
        {
            await ApiError.WriteAsync(http, 404, "not_found", $"there is no rule file '{file}'");
        }
    }

    private static async Task WriteAsync(HttpContext http, AlertEngine alerts, string file)
    {
        if (await ApiBody.ReadAsync(http, AlertJson.Default.RuleFileBody) is { } body)
        {
            await ChangeAsync(http, alerts, file, body.Text ?? "", body.Version);
        }
    }

    private static async Task ChangeAsync(HttpContext http, AlertEngine alerts, string file, string? text, string? version)
    {
        if (!IsOwner(http))
        {
            await ApiError.WriteAsync(http, 403, "forbidden", "rules belong to the default tenant");
            return;
        }

        RuleFileChange change = await alerts.ChangeRuleFileAsync(file, text, version);
        if (change.Fault is { } fault)
        {
            await ApiError.WriteAsync(http, 400, "file", fault);
        }
        else if (change.IsStale)
        {
            string now = change.File is null ? "is not there any more" : "was changed by somebody else meanwhile";
            await ApiError.WriteAsync(http, 409, "changed", $"the file '{file}' {now}; look at it again before you change it");
        }
        else if (change.Errors is { } errors)
        {
            await RuleErrors.WriteAsync(http, [("text", errors)]);
        }
        else if (change.File is { } written)
        {
            await http.Response.WriteAsJsonAsync(written, AlertJson.Readable.RuleFileText);
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static async Task CheckAsync(HttpContext http, AlertEngine alerts)
    {
        if (await ApiBody.ReadAsync(http, AlertJson.Default.RuleFileBody) is not { } body)
        {
            return;
        }

        string file = string.IsNullOrEmpty(body.File) ? "rule.yaml" : body.File;
        RuleSet set = IsOwner(http) ? alerts.CheckRuleFile(file, body.Text ?? "") : RuleSet.Empty;
        var check = new RuleFileCheck(
            [.. set.Rules.Where(rule => rule.File == file).Select(rule => rule.Name)],
            [.. set.Errors.Where(error => error.File == file)],
            [.. set.Warnings.Where(warning => warning.File == file)]);
        await http.Response.WriteAsJsonAsync(check, AlertJson.Readable.RuleFileCheck);
    }

    private static bool IsOwner(HttpContext http) => http.Principal().Tenant == Rooms.AlertTenant;
}

/// <summary>Body of a change or a check.</summary>
/// <param name="File">Its name, for a check.</param>
/// <param name="Text">The content.</param>
/// <param name="Version">The version it was made of; absent for a new file.</param>
internal sealed record RuleFileBody(string? File, string? Text, string? Version);

/// <summary>What a check found.</summary>
internal sealed record RuleFileCheck(IReadOnlyList<string> Rules, IReadOnlyList<RuleError> Errors, IReadOnlyList<RuleError> Warnings);
