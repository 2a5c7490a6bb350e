using Bongsu.Tests.Stream;
using Bongsu.Tests.Stream.Events;

namespace Bongsu.Tests.Alert;

/// <summary>Rows of several sources, each in its own disorder: late, twice, silent for a while and imported from long ago, while
/// everything is stopped and killed at any moment.</summary>
/// <param name="bed">Who takes them in.</param>
/// <param name="random">Of the seed.</param>
/// <param name="isInTime">True where no row is too late for its window.</param>
/// <param name="hasBands">True where rules have bands: there is a history, and at times the rows are out of the ordinary.</param>
internal sealed class DisorderedRows(AlertTestBed bed, Random random, bool isInTime, bool hasBands)
{
    // The table's first row, and where a history ends that counts: two days after the first midnight.
    private const double HistoryFrom = -(73 * 3600);

    // Older rows than this are not live.
    private const double HistoryTo = -3700;
    private static readonly string[] s_services = ["pay", "search", "care"];
    private static readonly string[] s_levels = ["info", "warn", "error", "error", "fatal"];

    // Bands have windows of a minute, others of seconds.
    private readonly double _pace = hasBands ? 6 : 1;

    /// <summary>What rows of a level say.</summary>
    public static IReadOnlyDictionary<string, string> Messages { get; } = new Dictionary<string, string>
    {
        ["info"] = "order of card 5 accepted",
        ["warn"] = "cache is nearly full",
        ["error"] = "connection refused by upstream server",
        ["fatal"] = "out of memory in worker 7, giving up now",
    };

    /// <summary>All rows that rules may know, as they came.</summary>
    public List<EventRow> Rows { get; } = [];

    /// <summary>Earliest time of the first live batch.</summary>
    public long BeginTicks { get; private set; }

    private double Now => (bed.Time.GetUtcNow().UtcTicks - StreamTestBed.Start.Ticks) / (double)TimeSpan.TicksPerSecond;

    /// <summary>Five minutes, or half an hour for bands, and silence at the end.</summary>
    public async Task DriveAsync()
    {
        if (hasBands)
        {
            LogRow[] history = [.. History()];
            await bed.AppendAsync("import", history);
            Note(history);
            await bed.LearnAsync();
        }

        while (Now < 300 * _pace)
        {
            double step = random.NextDouble() < 0.04 ? 30 + random.Next(60) : 0.5 + random.Next(4);
            bed.Time.Advance(TimeSpan.FromSeconds(step * _pace));
            if (random.NextDouble() < 0.1)
            {
                await RestartAsync();
            }

            if (random.NextDouble() < 0.7)
            {
                await AppendAsync(LiveRows());
            }

            if (random.NextDouble() < 0.05)
            {
                double at = Now - 4000;
                await bed.AppendAsync("import", [.. Enumerable.Range(0, 20).Select(row => new LogRow(at - row, s_services[row % 3], s_levels[row % 5], hasBands ? Usual(at) : 99))]);
            }

            if (random.NextDouble() < 0.6)
            {
                await bed.Engine.DrainAsync();
            }
        }

        await bed.LearnAsync();
        await bed.SilenceAsync(400, stepSeconds: 10);
    }

    // With bands at times once more while it learns.
    private async Task RestartAsync()
    {
        do
        {
            await bed.RestartAsync(withCheckpoint: random.Next(2) == 0);
        }
        while (hasBands && random.Next(3) == 0);

        if (random.Next(2) == 0)
        {
            await bed.LearnAsync();
        }
    }

    private async Task AppendAsync(LogRow[] batch)
    {
        BeginTicks = BeginTicks == 0 ? batch.Min(row => StreamTestBed.Ticks(row.Seconds)) : BeginTicks;
        for (int times = random.NextDouble() < 0.1 ? 2 : 1; times > 0; times--)
        {
            await bed.AppendAsync("source" + random.Next(3), batch);
            Note(batch);
        }
    }

    private void Note(LogRow[] batch) =>
        Rows.AddRange(batch.Select(row => new EventRow(StreamTestBed.Ticks(row.Seconds), row.Service, row.Level, row.Ms)));

    private LogRow[] LiveRows()
    {
        var rows = new List<LogRow>();
        for (int count = 1 + random.Next(5); count > 0; count--)
        {
            double age = isInTime ? random.NextDouble() * 2 : random.NextDouble() < 0.1 ? random.Next(200) : random.Next(12) / 2.0;
            LogRow row = RowAt(Now - (age * _pace), s_services[random.Next(3)]);
            rows.AddRange(Enumerable.Repeat(row, IsStrange(row) ? 10 : 1));
        }

        return [.. rows];
    }

    private IEnumerable<LogRow> History() =>
        from minute in Enumerable.Range(0, (int)((HistoryTo - HistoryFrom) / 60))
        from service in s_services
        from row in Enumerable.Range(0, random.Next(1, 6))
        select RowAt(HistoryFrom + (60 * minute) + (10 * row), service);

    private LogRow RowAt(double at, string service)
    {
        string level = s_levels[random.Next(5)];
        var row = new LogRow(at, service, level, random.Next(100), Messages[level]);
        return hasBands ? row with { Ms = Usual(at) * (1 + (random.NextDouble() / 20)) * (IsStrange(row) ? 4 : 1) } : row;
    }

    // Some minutes of a service, live: the same rows are, whenever they come.
    private bool IsStrange(LogRow row) => hasBands && row.Seconds > 0 && ((int)(row.Seconds / 150) + row.Service.Length) % 3 == 0;

    private static double Usual(double seconds) => 100 + (40 * Math.Sin(seconds / 86_400 * 2 * Math.PI));
}
