using Bongsu.Alert;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
using Bongsu.Query.Kql;
using Bongsu.Server.Auth;
using Bongsu.Server.Hosting;
using Bongsu.Server.Packs;

namespace Bongsu.Server.Http;

/// <summary><c>/api/rules/packs</c>: the rules that come with the program, and adding them to those that run.</summary>
internal static class RulePackEndpoints
{
    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rules/packs", (HttpContext http, AlertEngine alerts) => Results.Json(
            new RulePackList(IsOwner(http) ? [.. RulePacks.Names.Select(name => View(name, alerts))] : []),
            AlertJson.Readable.RulePackList)).Requires(Scopes.Query);
        routes.MapPost("/api/rules/packs/{name}", AddAsync).Requires(Scopes.Admin);
    }

    private static RulePackView View(string name, AlertEngine alerts)
    {
        RuleSet set = RuleSet.Parse(
            FileOf(name), RulePacks.Rules(name), EmptyCatalog.Instance, TimeProvider.System.GetUtcNow().UtcTicks, RuleSet.Empty);
        return new RulePackView(
            name,
            FileOf(name),
            RulePacks.About(name),
            alerts.ReadRuleFile(FileOf(name)) is not null,
            [.. set.Rules.Select(rule => new PackedRule(rule.Name, rule.Severity, rule.Annotations.GetValueOrDefault("summary", "")))]);
    }

    private static async Task AddAsync(HttpContext http, AlertEngine alerts, string name)
    {
        if (!IsOwner(http))
        {
            await ApiError.WriteAsync(http, 403, "forbidden", "rules belong to the default tenant");
            return;
        }

        if (!RulePacks.Names.Contains(name))
        {
            await ApiError.WriteAsync(http, 404, "not_found", $"there is no pack '{name}'; there are {string.Join(", ", RulePacks.Names)}");
            return;
        }

        RuleFileChange added = await alerts.ChangeRuleFileAsync(FileOf(name), RulePacks.Rules(name), version: null);
        if (added.Fault is { } fault)
        {
            await ApiError.WriteAsync(http, 400, "file", fault);
        }
        else if (added.IsStale)
        {
            await ApiError.WriteAsync(http, 409, "exists", $"{FileOf(name)} is there already; it was left as it is");
        }
        else if (added.Errors is { } errors)
        {
            await RuleErrors.WriteAsync(http, [("text", errors)]);
        }
        else
        {
            // Tests that are there already may be somebody's own: they stay.
            await alerts.ChangeRuleFileAsync(name + RuleTestFile.Suffix, RulePacks.Tests(name), version: null);
            await http.Response.WriteAsJsonAsync(added.File!, AlertJson.Readable.RuleFileText);
        }
    }

    private static string FileOf(string name) => name + ".yaml";

    private static bool IsOwner(HttpContext http) => http.Principal().Tenant == Rooms.AlertTenant;
}

/// <summary>Answer of <c>GET /api/rules/packs</c>.</summary>
internal sealed record RulePackList(IReadOnlyList<RulePackView> Packs);

/// <summary>A pack.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">The file it becomes in the rules folder.</param>
/// <param name="About">What it watches, and what it needs.</param>
/// <param name="IsAdded">Whether that file is there.</param>
/// <param name="Rules">Its rules.</param>
internal sealed record RulePackView(string Name, string File, string About, bool IsAdded, IReadOnlyList<PackedRule> Rules);

/// <summary>A rule of a pack.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Severity">1 (worst) to 5.</param>
/// <param name="Summary">What its alerts say, placeholders as written; may be empty.</param>
internal sealed record PackedRule(string Name, int Severity, string Summary);
