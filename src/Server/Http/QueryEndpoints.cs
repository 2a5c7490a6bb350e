using System.Diagnostics;
using System.Text.Json;
using Bongsu.Core.Batches;
using Bongsu.Query;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Server.Auth;
using Bongsu.Server.Hosting;
using Bongsu.Server.Http.Answers;
using Bongsu.Server.Querying;
using Bongsu.Store;

namespace Bongsu.Server.Http;

/// <summary><c>/api/query</c> and <c>/api/query/check</c>.</summary>
internal sealed class QueryEndpoints(Database database, ServerOptions options, QueryGate gate, TimeProvider time)
{
    private const long DefaultMaxRows = 500_000;

    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/query", (HttpContext http, QueryEndpoints queries) => queries.AnswerAsync(http)).Requires(Scopes.Query);
        routes.MapPost("/api/query/check", (HttpContext http, QueryEndpoints queries) => queries.CheckAsync(http)).Requires(Scopes.Query);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        QueryRequest? request = await ReadAsync(http);
        if (request is null)
        {
            return;
        }

        if (!gate.TryEnter())
        {
            await ApiError.WriteAsync(http, 429, "busy", $"{options.MaxConcurrentQueries} queries run already; try again in a moment");
            return;
        }

        bool isFailure = true;
        try
        {
            await RunAsync(http, request);
            isFailure = false;
        }
        finally
        {
            gate.Leave(isFailure);
        }
    }

    private async Task RunAsync(HttpContext http, QueryRequest request)
    {
        long startedAt = Stopwatch.GetTimestamp();
        using AnswerWriter writer = AnswerWriter.For(http.Request.Headers.Accept, http.Response.BodyWriter);

        // Exports may be of any length; a screen's answer ends somewhere, and one row more tells that it was cut.
        long? maxRows = request.MaxRows ?? (writer is JsonAnswerWriter ? DefaultMaxRows : null);
        var tables = new TenantTables(database, http.Principal().Tenant);
        BoundQuery query = KqlCompiler.Compile(request.Query!, tables, request.Options(time.GetUtcNow().UtcTicks, maxRows + 1));
        TimeSpan compileTime = Stopwatch.GetElapsedTime(startedAt);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        TimeSpan timeout = TimeoutOf(request);
        stop.CancelAfter(timeout);
        var limits = new QueryLimits { MaxMemoryBytes = options.QueryMemoryBytes, MaxResultRows = long.MaxValue };
        QueryResult result = QueryEngine.Execute(query, tables, limits, stop.Token);
        http.Response.ContentType = writer.ContentType;
        bool isTruncated = false;
        QueryException? lateError = null;
        try
        {
            isTruncated = await WriteRowsAsync(result, writer, maxRows ?? long.MaxValue, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            lateError = new QueryException(
                "timeout", $"the query took longer than {timeout.TotalSeconds:0.#} s; ask for less, or raise timeoutMs", default);
        }
        catch (QueryException error) when (writer.HasBegun)
        {
            lateError = error;
        }

        if (lateError is not null && !writer.HasBegun)
        {
            await ApiError.WriteAsync(http, StatusCodes.Status408RequestTimeout, lateError.Code, lateError.Message);
            return;
        }

        if (lateError is not null && writer is not JsonAnswerWriter)
        {
            http.Abort();
            return;
        }

        await writer.EndAsync(
            json =>
            {
                WriteVisualization(query.Visualization, json);
                json.WriteBoolean("truncated", isTruncated);
                WriteError(lateError, json);
                WriteStatistics(result.Statistics, compileTime, Stopwatch.GetElapsedTime(startedAt), json);
            },
            http.RequestAborted);
    }

    private async Task CheckAsync(HttpContext http)
    {
        QueryRequest? request = await ReadAsync(http);
        if (request is null)
        {
            return;
        }

        BoundQuery? query = null;
        QueryException? wrong = null;
        try
        {
            var tables = new TenantTables(database, http.Principal().Tenant);
            query = KqlCompiler.Compile(request.Query!, tables, request.Options(time.GetUtcNow().UtcTicks, null));
        }
        catch (QueryException error)
        {
            wrong = error;
        }

        await JsonAnswers.WriteAsync(http, json =>
        {
            json.WriteBoolean("ok", wrong is null);
            if (wrong is null)
            {
                JsonAnswerWriter.WriteColumns(query!.Schema, json);
                return;
            }

            json.WriteStartObject("error");
            json.WriteString("code", wrong.Code);
            json.WriteString("message", wrong.Message);
            QueryErrors.WritePlace(http, wrong, json);
            json.WriteEndObject();
        });
    }

    private static async Task<QueryRequest?> ReadAsync(HttpContext http)
    {
        QueryRequest? request = await ApiBody.ReadAsync(http, ApiJson.Default.QueryRequest);
        if (request?.Problem is { } problem)
        {
            await ApiError.WriteAsync(http, 400, "body", problem);
            return null;
        }

        http.Items[QueryErrors.TextKey] = request?.Query;
        return request;
    }

    private TimeSpan TimeoutOf(QueryRequest request) =>
        request.TimeoutMs is { } ms && ms < options.QueryTimeout.TotalMilliseconds ? TimeSpan.FromMilliseconds(ms) : options.QueryTimeout;

    // Returns whether rows were left out.
    private static async Task<bool> WriteRowsAsync(QueryResult result, AnswerWriter writer, long maxRows, CancellationToken cancellation)
    {
        long written = 0;
        foreach (Batch batch in result.Batches())
        {
            // Not before the first rows are there: until then an error can still be a plain 4xx.
            writer.Begin(result.Schema);
            long room = maxRows - written;
            Batch shown = batch.RowCount <= room ? batch : batch.Gather([.. Enumerable.Range(0, (int)room)]);
            await writer.WriteAsync(shown, cancellation);
            written += shown.RowCount;
            if (batch.RowCount > room)
            {
                return true;
            }
        }

        writer.Begin(result.Schema);
        return false;
    }

    private static void WriteVisualization(Visualization? visualization, Utf8JsonWriter json)
    {
        if (visualization is null)
        {
            return;
        }

        json.WriteStartObject("visualization");
        json.WriteString("Visualization", visualization.Kind);
        foreach ((string name, string value) in visualization.Properties)
        {
            json.WriteString(VisualizationNames.Of(name), value);
        }

        json.WriteEndObject();
    }

    private static void WriteError(QueryException? error, Utf8JsonWriter json)
    {
        if (error is null)
        {
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }

    private static void WriteStatistics(QueryStatistics statistics, TimeSpan compileTime, TimeSpan elapsed, Utf8JsonWriter json)
    {
        json.WriteStartObject("stats");
        json.WriteNumber("elapsedMs", Math.Round(elapsed.TotalMilliseconds, 3));
        json.WriteNumber("compileMs", Math.Round(compileTime.TotalMilliseconds, 3));
        json.WriteNumber("rowsScanned", statistics.Scan.RowsScanned);
        json.WriteNumber("rowsMatched", statistics.Scan.RowsMatched);
        json.WriteNumber("bytesScanned", statistics.Scan.BytesScanned);
        json.WriteNumber("partsScanned", statistics.Scan.PartsScanned);
        json.WriteNumber("blocksScanned", statistics.Scan.BlocksScanned);
        json.WriteNumber("blocksSkipped", statistics.Scan.BlocksSkipped);
        json.WriteNumber("peakMemoryBytes", statistics.PeakMemoryBytes);
        json.WriteEndObject();
    }
}
