using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Tests.Store;

/// <summary>A database in a scratch directory, removed afterwards.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    public static readonly long Day = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private StoreFixture(StoreOptions options, Database database)
    {
        Options = options;
        Database = database;
    }

    public StoreOptions Options { get; private set; }

    public Database Database { get; private set; }

    public List<StoreNotice> Notices { get; } = [];

    public ManualTime Time { get; } = new();

    public Table Logs => Database.GetOrCreateTable("default", "logs");

    public static async Task<StoreFixture> OpenAsync(Func<StoreOptions, StoreOptions>? change = null)
    {
        string directory = Path.Combine(Path.GetTempPath(), "bongsu-store-" + Guid.NewGuid().ToString("n"));
        StoreFixture? fixture = null;
        var options = new StoreOptions
        {
            DataDirectory = directory,
            Background = false,
            BlockRows = 100,
            LogSegmentBytes = 1 << 20,
            ReserveBytes = 0,
            Notice = notice =>
            {
                lock (fixture!.Notices)
                {
                    fixture.Notices.Add(notice);
                }
            },
        };
        options = change?.Invoke(options) ?? options;
        fixture = new StoreFixture(options, null!);
        fixture.Database = await Database.OpenAsync(options, fixture.Time, CancellationToken.None);
        return fixture;
    }

    public async Task ReopenAsync(Func<StoreOptions, StoreOptions>? change = null)
    {
        await Database.DisposeAsync();
        Options = change?.Invoke(Options) ?? Options;
        Database = await Database.OpenAsync(Options, Time, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(Options.DataDirectory, recursive: true);
    }

    /// <summary>Rows numbered from <paramref name="first"/>, a second apart.</summary>
    public static Batch Rows(int first, int count, long start = 0)
    {
        long[] ticks = new long[count];
        long[] numbers = new long[count];
        var messages = new StringVectorBuilder();
        var services = new StringVectorBuilder();
        for (int row = 0; row < count; row++)
        {
            ticks[row] = (start == 0 ? Day : start) + ((first + row) * TimeSpan.TicksPerSecond);
            numbers[row] = first + row;
            messages.Append($"결제 request {first + row} done");
            services.Append($"svc{(first + row) % 3}");
        }

        return BatchOf(
            ("timestamp", new FixedVector<long>(ScalarType.DateTime, ticks, count)),
            ("n", new FixedVector<long>(ScalarType.Long, numbers, count)),
            ("service", services.Build()),
            ("message", messages.Build()));
    }

    public static Batch BatchOf(params (string Name, Vector Vector)[] columns) => new(
        new Schema(columns.Select(column => new Column(column.Name, column.Vector.Type))),
        [.. columns.Select(column => column.Vector)],
        columns[0].Vector.Length);

    public static Vector Times(int count) =>
        new FixedVector<long>(ScalarType.DateTime, [.. Enumerable.Range(0, count).Select(row => Day + row)], count);

    public Task<AppendResult> AppendAsync(Batch batch, string? key = null, StringVector? rowKeys = null) =>
        Logs.AppendAsync(batch, new AppendOptions { IdempotencyKey = key, RowKeys = rowKeys, SourceId = "test" }, CancellationToken.None);

    public List<Scalar> Column(string name, params ScanFilter[] filters) => Column(name, new ScanRequest { Columns = [name], Filters = filters });

    public List<Scalar> Column(string name, ScanRequest request)
    {
        var values = new List<Scalar>();
        foreach (Morsel morsel in Logs.Snapshot().Scan(request with { Columns = [name] }))
        {
            if (morsel.Read(CancellationToken.None) is { } batch)
            {
                for (int row = 0; row < batch.RowCount; row++)
                {
                    values.Add(batch[0].GetScalar(row));
                }
            }
        }

        return values;
    }

    public List<long> Numbers(params ScanFilter[] filters) => [.. Column("n", filters).Select(value => value.AsLong).Order()];

    public static IEnumerable<long> Range(int first, int count) => Enumerable.Range(first, count).Select(number => (long)number);
}
