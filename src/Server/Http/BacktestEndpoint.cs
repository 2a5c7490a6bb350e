using System.Text.Json;
using Bongsu.Alert;
using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
using Bongsu.Core.Text;
using Bongsu.Query.Execution;
using Bongsu.Server.Auth;
using Bongsu.Server.Querying;
using Bongsu.Store;

namespace Bongsu.Server.Http;

/// <summary><c>POST /api/rules/test</c>: runs a rule file over stored rows. Lines of JSON: progress now and then, the
/// result at the end.</summary>
internal sealed class BacktestEndpoint(Database database, AlertEngine alerts, QueryGate gate, TimeProvider time)
{
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Adds the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/rules/test", (HttpContext http, BacktestEndpoint backtest) => backtest.AnswerAsync(http)).Requires(Scopes.Query);

    private async Task AnswerAsync(HttpContext http)
    {
        BacktestRequest? request = await ApiBody.ReadAsync(http, AlertJson.Default.BacktestRequest);
        if (request is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(request.Text) || request.From is null)
        {
            await ApiError.WriteAsync(http, 400, "body", "'text' (the rule file) and 'from' are needed");
            return;
        }

        string tenant = http.Principal().Tenant;
        RuleSet rules = RuleSet.Parse(
            request.File ?? "rule.yaml", request.Text, new TenantTables(database, tenant), time.GetUtcNow().UtcTicks, alerts.Calendars);
        if (rules.Errors.Count > 0)
        {
            await RuleErrors.WriteAsync(http, [("text", rules.Errors)]);
            return;
        }

        if (!gate.TryEnter())
        {
            await ApiError.WriteAsync(http, 429, "busy", "too many queries run already; try again in a moment");
            return;
        }

        try
        {
            await RunAsync(http, request, rules, tenant);
        }
        finally
        {
            gate.Leave(isFailure: false);
        }
    }

    private async Task RunAsync(HttpContext http, BacktestRequest request, RuleSet rules, string tenant)
    {
        long rows = 0;
        long reachedTicks = 0;
        var options = new BacktestOptions
        {
            FromTicks = request.From!.Value.UtcTicks,
            ToTicks = (request.To ?? time.GetUtcNow()).UtcTicks,
            ByEventTime = request.ByEventTime,
            Progress = (read, reached) =>
            {
                Interlocked.Exchange(ref rows, read);
                Interlocked.Exchange(ref reachedTicks, reached);
            },
        };
        CancellationToken cancellation = http.RequestAborted;
        Task<IReadOnlyList<BacktestReport>> work = Task.Run(
            () => RuleBacktest.Run(rules.Rules, database, tenant, options, time, cancellation), cancellation);
        http.Response.ContentType = "application/x-ndjson";
        while (await Task.WhenAny(work, Task.Delay(s_progressInterval, cancellation)) != work)
        {
            string reached = ScalarText.FormatDateTime(Interlocked.Read(ref reachedTicks));
            await http.Response.WriteAsync($"{{\"rows\":{Interlocked.Read(ref rows)},\"reached\":\"{reached}\"}}\n", cancellation);
            await http.Response.Body.FlushAsync(cancellation);
        }

        var result = new BacktestResult([.. (await work).Select(BacktestView.Of)]);
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(result, AlertJson.Readable.BacktestResult), cancellation);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
    }
}

/// <summary>Body of <c>POST /api/rules/test</c>.</summary>
/// <param name="File">Name of the rule file, for errors.</param>
/// <param name="Text">Its content.</param>
/// <param name="From">Windows that end after this.</param>
/// <param name="To">Windows that end by this; now if absent.</param>
/// <param name="ByEventTime">As if every row had come in time; else as they came.</param>
internal sealed record BacktestRequest(string? File, string? Text, DateTimeOffset? From, DateTimeOffset? To, bool ByEventTime);

/// <summary>Last line of the answer.</summary>
internal sealed record BacktestResult(IReadOnlyList<BacktestView> Reports);

/// <summary>What one rule would have told; times as text.</summary>
internal sealed record BacktestView(
    string Rule, IReadOnlyList<AlertView> Alerts, IReadOnlyList<string> FiringWindows, IReadOnlyList<string> DoubtfulWindows, int Windows,
    long Rows, long RowsBackfill, long RowsLate, long WindowsCorrected, string? Error)
{
    /// <summary>The view of a report.</summary>
    public static BacktestView Of(BacktestReport report) => new(
        report.Rule, report.Alerts, [.. report.FiringWindows.Select(window => ScalarText.FormatDateTime(window.EndTicks))],
        [.. report.DoubtfulWindows.Select(ScalarText.FormatDateTime)], report.Windows, report.Rows, report.RowsBackfill, report.RowsLate,
        report.WindowsCorrected, report.Error);
}
