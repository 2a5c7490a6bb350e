using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Bongsu.Core.Batches;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Server.Auth;
using Bongsu.Server.Http.Answers;
using Bongsu.Server.Querying;
using Bongsu.Store;

namespace Bongsu.Server.Http;

/// <summary><c>/api/tail</c>: new rows of a table as server-sent events (WHATWG HTML, section 9.2).</summary>
internal sealed class TailEndpoint(Database database, TimeProvider time, IHostApplicationLifetime lifetime)
{
    // A reader slower than the data loses whole batches past this, and is told how many rows.
    private const int MaxWaitingBatches = 256;
    private const int MaxTails = 64;
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);
    private static readonly QueryLimits s_limits = new() { MaxWorkers = 1, MaxMemoryBytes = 64 << 20 };
    private int _tails;

    /// <summary>Adds the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/tail", (HttpContext http, string? query, TailEndpoint tail) => tail.FollowAsync(http, query)).Requires(Scopes.Query);

    private async Task FollowAsync(HttpContext http, string? query)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            await ApiError.WriteAsync(http, 400, "argument", "'query' is missing");
            return;
        }

        http.Items[QueryErrors.TextKey] = query;
        string tenant = http.Principal().Tenant;
        TailPlan plan = Compile(query, tenant);
        if (Interlocked.Increment(ref _tails) > MaxTails)
        {
            Interlocked.Decrement(ref _tails);
            await ApiError.WriteAsync(http, 429, "busy", $"{MaxTails} live tails are open already");
            return;
        }

        try
        {
            await FollowAsync(http, query, tenant, plan);
        }
        finally
        {
            Interlocked.Decrement(ref _tails);
        }
    }

    private async Task FollowAsync(HttpContext http, string query, string tenant, TailPlan plan)
    {
        Table table = database.FindTable(tenant, plan.Table)!;
        var waiting = Channel.CreateBounded<CommittedBatch>(MaxWaitingBatches);
        long dropped = 0;
        void Receive(CommittedBatch committed)
        {
            if (committed.Table == table && !waiting.Writer.TryWrite(committed))
            {
                Interlocked.Add(ref dropped, committed.Batch.RowCount);
            }
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        database.Committed += Receive;
        try
        {
            await SendSchemaAsync(http, plan.Schema);
            Schema compiledFor = table.Schema;
            while (await WaitAsync(http, waiting.Reader, stop.Token))
            {
                while (waiting.Reader.TryRead(out CommittedBatch? committed))
                {
                    if (table.Schema != compiledFor)
                    {
                        compiledFor = table.Schema;
                        Schema before = plan.Schema;
                        plan = Compile(query, tenant);
                        if (!before.Columns.SequenceEqual(plan.Schema.Columns))
                        {
                            await SendSchemaAsync(http, plan.Schema);
                        }
                    }

                    await SendRowsAsync(http, plan, committed, stop.Token);
                }

                if (Interlocked.Exchange(ref dropped, 0) is > 0 and var lost)
                {
                    await SendAsync(http, "dropped", json => json.WriteNumber("count", lost));
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader left, or the server stops: both are the ordinary end.
        }
        finally
        {
            database.Committed -= Receive;
        }
    }

    private TailPlan Compile(string query, string tenant) => new(KqlCompiler.Compile(
        query, new TenantTables(database, tenant), new CompileOptions { NowTicks = time.GetUtcNow().UtcTicks }).Plan);

    // True when there is something to read; sends a comment now and then, so that proxies keep the line open.
    private static async Task<bool> WaitAsync(HttpContext http, ChannelReader<CommittedBatch> waiting, CancellationToken cancellation)
    {
        Task<bool> ready = waiting.WaitToReadAsync(cancellation).AsTask();
        while (await Task.WhenAny(ready, Task.Delay(s_heartbeat, cancellation)) != ready)
        {
            cancellation.ThrowIfCancellationRequested();
            await http.Response.Body.WriteAsync(":\n\n"u8.ToArray(), cancellation);
            await http.Response.Body.FlushAsync(cancellation);
        }

        return await ready;
    }

    private async Task SendRowsAsync(HttpContext http, TailPlan plan, CommittedBatch committed, CancellationToken cancellation)
    {
        QueryResult result = QueryEngine.Execute(
            plan.Over(committed), NoTables.Instance, time.GetUtcNow().UtcTicks, s_limits, cancellation);
        foreach (Batch batch in result.Batches())
        {
            await SendAsync(http, "rows", json =>
            {
                json.WriteStartArray("rows");
                for (int row = 0; row < batch.RowCount; row++)
                {
                    json.WriteStartArray();
                    for (int column = 0; column < batch.Schema.Count; column++)
                    {
                        CellWriter.Write(batch[column], row, json);
                    }

                    json.WriteEndArray();
                }

                json.WriteEndArray();
            });
        }
    }

    private static Task SendSchemaAsync(HttpContext http, Schema schema) =>
        SendAsync(http, "schema", json => JsonAnswerWriter.WriteColumns(schema, json));

    // JSON has no raw line breaks, so one data line carries it.
    private static async Task SendAsync(HttpContext http, string name, Action<Utf8JsonWriter> properties)
    {
        var message = new ArrayBufferWriter<byte>(4096);
        message.Write(Encoding.ASCII.GetBytes($"event: {name}\ndata: "));
        using (var json = new Utf8JsonWriter(message, DynamicJson.WriterOptions))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        message.Write("\n\n"u8);
        await http.Response.Body.WriteAsync(message.WrittenMemory, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
