using System.Globalization;
using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store;
using Bongsu.Stream;
using Bongsu.Stream.History;
using Bongsu.Stream.Windows;

namespace Bongsu.Tests.Stream;

/// <summary>A real store, a clock set by hand, and a pipeline fed by what the store commits.</summary>
internal sealed class StreamTestBed : IAsyncDisposable
{
    public static readonly DateTime Start = new(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly bool _isFed;

    public StreamTestBed(StreamOptions? options = null, bool isFed = true)
    {
        Options = options ?? new StreamOptions();
        Time = new ManualTime();
        _database = Database.OpenAsync(
            new StoreOptions { DataDirectory = _folder.Path, Background = false }, Time, CancellationToken.None).GetAwaiter().GetResult();
        Tables = new TenantTables(_database, "default");
        Pipeline = NewPipeline();
        _isFed = isFed;
        _database.Committed += committed =>
        {
            Log.Add(committed);
            if (_isFed)
            {
                Feed(committed);
            }
        };
    }

    public StreamOptions Options { get; }

    public ManualTime Time { get; }

    public Database Database => _database;

    public TenantTables Tables { get; }

    public List<CommittedBatch> Log { get; } = [];

    public StreamPipeline Pipeline { get; set; }

    public long NowTicks => Time.GetUtcNow().UtcTicks;

    public static long Ticks(double secondsFromStart) => Start.Ticks + (long)(secondsFromStart * TimeSpan.TicksPerSecond);

    public static WindowSpec Windows(int everySeconds, int windowSeconds, int latenessSeconds) =>
        new(TimeSpan.FromSeconds(everySeconds), TimeSpan.FromSeconds(windowSeconds), TimeSpan.FromSeconds(latenessSeconds));

    public StreamPipeline NewPipeline() => new(Options, Tables, Warm);

    public ContinuousQuery Query(string text, WindowSpec windows, WindowConsumer consumer, string name = "q") =>
        new(name, text, windows, consumer, Options);

    public void Feed(CommittedBatch committed)
    {
        Pipeline.Bind(_database.SchemaVersion, committed.IngestedTicks);
        Pipeline.Process(committed);
    }

    /// <summary>Stores rows now.</summary>
    public void Append(string source, params LogRow[] rows)
    {
        var timestamps = new FixedVectorBuilder<long>(ScalarType.DateTime);
        var services = new StringVectorBuilder();
        var levels = new StringVectorBuilder();
        var durations = new FixedVectorBuilder<double>(ScalarType.Real);
        foreach (LogRow row in rows)
        {
            timestamps.Append(Ticks(row.Seconds));
            services.Append(row.Service);
            levels.Append(row.Level);
            durations.Append(row.Ms);
        }

        var schema = new Schema(
        [
            new Column("timestamp", ScalarType.DateTime), new Column("service", ScalarType.String),
            new Column("level", ScalarType.String), new Column("ms", ScalarType.Real),
        ]);
        var batch = new Batch(schema, [timestamps.Build(), services.Build(), levels.Build(), durations.Build()], rows.Length);
        _database.GetOrCreateTable("default", "logs")
            .AppendAsync(batch, new AppendOptions { SourceId = source }, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Moves the wall clock, telling the pipeline at every step.</summary>
    public void Pass(double seconds, double stepSeconds = 1)
    {
        for (double passed = 0; passed < seconds; passed += stepSeconds)
        {
            Time.Advance(TimeSpan.FromSeconds(stepSeconds));
            Pipeline.Advance(NowTicks);
        }
    }

    /// <summary>What the query engine says of one window.</summary>
    public string[] Batch(string query, long fromTicks, long toTicks)
    {
        BoundQuery bound = KqlCompiler.Compile(
            query, Tables, new CompileOptions { NowTicks = NowTicks, FromTicks = fromTicks, ToTicks = toTicks });
        return [.. QueryEngine.Execute(bound, Tables, QueryLimits.Default, CancellationToken.None).Batches().SelectMany(Lines).Order(StringComparer.Ordinal)];
    }

    public static IEnumerable<string> Lines(Batch batch)
    {
        for (int row = 0; row < batch.RowCount; row++)
        {
            int at = row;
            yield return string.Join(' ', Enumerable.Range(0, batch.Schema.Count)
                .Select(column => Text(batch[column].GetScalar(at))));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private static string Text(Scalar value) => value.Value is double number
        ? Math.Round(number, 6).ToString(CultureInfo.InvariantCulture)
        : ScalarText.Format(value);

    private void Warm(TableFlow flow, IReadOnlyList<ContinuousQuery> queries, long arrivedThroughTicks)
    {
        var rows = new StoredRows(
            _database.FindTable("default", flow.Table)!,
            queries.SelectMany(query => query.Plan!.Scan.Schema.Columns.ToArray()).Select(column => column.Name),
            queries.Min(query => query.NeededFromTicks),
            long.MaxValue);
        foreach (CommittedBatch committed in rows.Read(byEventTime: false, CancellationToken.None).TakeWhile(batch => batch.IngestedTicks <= arrivedThroughTicks))
        {
            if (flow.Live(committed, isCounted: false) is { } live)
            {
                flow.Feed(new LiveBatch([live]), (query, picked) =>
                {
                    if (queries.Contains(query))
                    {
                        query.Warm(picked);
                    }
                });
            }
        }
    }
}
