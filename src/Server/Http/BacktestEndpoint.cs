using System.Text.Json;
using Bongsu.Alert;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
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

        RuleSet after = Parse(http, request, request.Text);
        RuleSet? before = string.IsNullOrWhiteSpace(request.Before) ? null : Parse(http, request, request.Before);
        if (after.Errors.Count + (before?.Errors.Count ?? 0) > 0)
        {
            await RuleErrors.WriteAsync(http, [("text", after.Errors), ("before", before?.Errors ?? [])]);
            return;
        }

        if (!gate.TryEnter())
        {
            await ApiError.WriteAsync(http, 429, "busy", "too many queries run already; try again in a moment");
            return;
        }

        try
        {
            await RunAsync(http, request, after, before);
        }
        finally
        {
            gate.Leave(isFailure: false);
        }
    }

    private RuleSet Parse(HttpContext http, BacktestRequest request, string text) => RuleSet.Parse(
        request.File ?? "rule.yaml",
        text,
        new TenantTables(database, http.Principal().Tenant),
        time.GetUtcNow().UtcTicks,
        alerts.RuleSet);

    private async Task RunAsync(HttpContext http, BacktestRequest request, RuleSet after, RuleSet? before)
    {
        var progress = new BacktestProgress(IsLearning: false, Share: 0, Rows: 0, ReachedTicks: 0);
        var options = new BacktestOptions
        {
            FromTicks = request.From!.Value.UtcTicks,
            ToTicks = (request.To ?? time.GetUtcNow()).UtcTicks,
            ByEventTime = request.ByEventTime,
            WithSeries = request.Series,
            Progress = latest => Volatile.Write(ref progress, latest),
        };
        string tenant = http.Principal().Tenant;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        CancellationToken cancellation = stop.Token;
        Task<IReadOnlyList<BacktestReport>> work = Task.Run(
            () => RuleBacktest.Run([.. after.Rules, .. before?.Rules ?? []], database, tenant, options, time, cancellation), cancellation);
        http.Response.ContentType = "application/x-ndjson";
        try
        {
            while (await Task.WhenAny(work, Task.Delay(s_progressInterval, cancellation)) != work)
            {
                await WriteLineAsync(http, JsonSerializer.SerializeToUtf8Bytes(
                    BacktestProgressView.Of(Volatile.Read(ref progress)), AlertJson.Readable.BacktestProgressView));
            }
        }
        finally
        {
            await stop.CancelAsync(); // the work does not outlive its request
            await Task.WhenAny(work);
        }

        await WriteLineAsync(http, Answer(work, after, hasBefore: before is not null));
    }

    private static byte[] Answer(Task<IReadOnlyList<BacktestReport>> work, RuleSet after, bool hasBefore)
    {
        if (work.Exception?.InnerException is { } exception)
        {
            return JsonSerializer.SerializeToUtf8Bytes(
                new BacktestFailure(new BacktestError("failed", exception.Message)), AlertJson.Readable.BacktestFailure);
        }

        IReadOnlyList<BacktestReport> reports = work.GetAwaiter().GetResult();
        return JsonSerializer.SerializeToUtf8Bytes(
            BacktestResult.Of([.. reports.Take(after.Rules.Count)], hasBefore ? [.. reports.Skip(after.Rules.Count)] : null, after.Spans),
            AlertJson.Readable.BacktestResult);
    }

    private static async Task WriteLineAsync(HttpContext http, byte[] line)
    {
        await http.Response.Body.WriteAsync(line, http.RequestAborted);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}

/// <summary>Body of <c>POST /api/rules/test</c>.</summary>
/// <param name="File">Name of the rule file, for errors.</param>
/// <param name="Text">Its content.</param>
/// <param name="Before">Another version of it; null = there is none.</param>
/// <param name="From">Windows that end after this.</param>
/// <param name="To">Windows that end by this; now if absent.</param>
/// <param name="ByEventTime">As if every row had come in time; else as they came.</param>
/// <param name="Series">With values for a chart.</param>
internal sealed record BacktestRequest(
    string? File, string? Text, string? Before, DateTimeOffset? From, DateTimeOffset? To, bool ByEventTime, bool Series);
