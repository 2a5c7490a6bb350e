using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bongsu.Core.Dynamic;
using Bongsu.Alert;
using Bongsu.Alert.Alerts;
using Bongsu.Alert.Rules;
using Bongsu.Server.Auth;
using Bongsu.Server.Hosting;

namespace Bongsu.Server.Http;

/// <summary><c>/api/rules</c> and <c>/api/alerts</c>. Rules belong to the default tenant; others see none.</summary>
internal static class AlertEndpoints
{
    private const int MaxAlerts = 10_000;

    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rules", (HttpContext http, AlertEngine alerts) => Results.Json(
            IsOwner(http) ? new RuleList(alerts.Rules, alerts.RuleErrors, alerts.RuleWarnings) : new RuleList([], [], []),
            AlertJson.Readable.RuleList)).Requires(Scopes.Query);
        routes.MapGet("/api/alerts", ListAlertsAsync).Requires(Scopes.Query);
    }

    private static async Task ListAlertsAsync(
        HttpContext http, AlertEngine alerts, string? state, string? rule, string? id, string? storm, string? from, string? to, int? limit)
    {
        if (state is not (null or "" or "pending" or "firing" or "resolved"))
        {
            await ApiError.WriteAsync(http, 400, "argument", $"state '{state}': expected pending, firing or resolved");
            return;
        }

        if (!TryParseTime(from, long.MinValue, out long fromTicks) || !TryParseTime(to, long.MaxValue, out long toTicks))
        {
            await ApiError.WriteAsync(http, 400, "argument", "'from' and 'to' must be times such as 2026-11-21T09:00:00Z");
            return;
        }

        var filter = new AlertFilter
        {
            State = string.IsNullOrEmpty(state) ? null : state,
            Rule = string.IsNullOrEmpty(rule) ? null : rule,
            Id = string.IsNullOrEmpty(id) ? null : id,
            Storm = string.IsNullOrEmpty(storm) ? null : storm,
            FromTicks = fromTicks,
            ToTicks = toTicks,
            Limit = Math.Clamp(limit ?? 200, 1, MaxAlerts),
        };
        await http.Response.WriteAsJsonAsync(new AlertList(IsOwner(http) ? alerts.Alerts(filter) : []), AlertJson.Readable.AlertList);
    }

    private static bool IsOwner(HttpContext http) => http.Principal().Tenant == Rooms.AlertTenant;

    /// <summary>Reads a time of a query string; an absent one is <paramref name="absent"/>.</summary>
    public static bool TryParseTime(string? text, long absent, out long ticks)
    {
        ticks = absent;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        bool isTime = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time);
        ticks = time.UtcTicks;
        return isTime;
    }
}

/// <summary>Answer of <c>GET /api/rules</c>.</summary>
internal sealed record RuleList(IReadOnlyList<RuleView> Rules, IReadOnlyList<RuleError> Errors, IReadOnlyList<RuleError> Warnings);

/// <summary>Answer of <c>GET /api/alerts</c>.</summary>
internal sealed record AlertList(IReadOnlyList<AlertView> Alerts);

/// <summary>Source-generated JSON of rules and alerts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BacktestRequest))]
[JsonSerializable(typeof(BacktestResult))]
[JsonSerializable(typeof(RuleFileBody))]
[JsonSerializable(typeof(RuleFileCheck))]
[JsonSerializable(typeof(RuleFileText))]
[JsonSerializable(typeof(BacktestProgressView))]
[JsonSerializable(typeof(BacktestFailure))]
[JsonSerializable(typeof(RuleList))]
[JsonSerializable(typeof(RulePackList))]
[JsonSerializable(typeof(AlertList))]
internal sealed partial class AlertJson : JsonSerializerContext
{
    /// <summary>For answers: Hangul and quotes stay readable, beyond what JSON demands nothing is escaped.</summary>
    public static AlertJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = DynamicJson.WriterOptions.Encoder,
    });
}
