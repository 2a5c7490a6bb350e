namespace Bongsu.Server.Demo;

/// <summary>
/// The company's gateway: it logs how many requests each service gets, first once a minute and then every ten seconds. A history of weeks, for
/// rules that learn what is usual.
/// </summary>
internal sealed class Gateway : IDisposable
{
    /// <summary>Table of its log.</summary>
    public const string Table = "traffic";

    /// <summary>How far its history reaches back.</summary>
    public static readonly TimeSpan History = TimeSpan.FromDays(28);

    private const double Noise = 0.03;
    private static readonly TimeSpan s_loadTestBefore = TimeSpan.FromHours(51);
    private static readonly TimeSpan s_loadTestLength = TimeSpan.FromMinutes(90);

    // Requests a minute in the busiest hour; the fault that keeps people from making more, and the share of them that is left.
    private static readonly (string Service, double Peak, Faults Fault, double Left)[] s_services =
    [
        ("search", 32_000, Faults.CacheOutOfMemory, 0.45), ("messenger", 91_000, Faults.None, 1), ("payments", 5_400, Faults.SlowDatabase, 0.4),
        ("care", 1_900, Faults.BadDeploy, 0.3),
    ];

    private readonly Random _random;
    private readonly long _loadTestTicks;

    /// <summary>A gateway with a history up to a moment.</summary>
    public Gateway(int seed, long historyEndTicks)
    {
        _random = new Random(seed);
        _loadTestTicks = LoadTest(historyEndTicks).FromTicks;
        Logs = [.. s_services.Select(each => new LogWriter(each.Service))];
    }

    /// <summary>Its log, in parts.</summary>
    public IReadOnlyList<LogWriter> Logs { get; }

    /// <summary>When somebody tested payments under load, for a history up to a moment.</summary>
    public static (long FromTicks, long ToTicks) LoadTest(long historyEndTicks)
    {
        long from = historyEndTicks - s_loadTestBefore.Ticks;
        from -= from % TimeSpan.TicksPerHour;
        return (from, from + s_loadTestLength.Ticks);
    }

    /// <summary>Logs what came in a stretch of time, at its end.</summary>
    public void Pass(long fromTicks, long lengthTicks, Faults faults)
    {
        double minutes = lengthTicks / (double)TimeSpan.TicksPerMinute;
        for (int service = 0; service < s_services.Length; service++)
        {
            (string name, double peak, Faults fault, double left) = s_services[service];
            double mean = peak * DayCurve.PeopleAwake(fromTicks) * minutes;
            bool isBroken = (faults & fault) != 0;
            bool isTested = name == "payments" && fromTicks >= _loadTestTicks && fromTicks < _loadTestTicks + s_loadTestLength.Ticks;
            mean *= (isBroken ? left : 1) * (isTested ? 3 : 1);
            int requests = (int)Math.Max(0, Math.Round(mean * (1 + (Noise * Normal()))));
            int failed = (int)(requests * (isBroken ? 0.08 : 0.001));
            Logs[service].Write(
                fromTicks + lengthTicks - TimeSpan.TicksPerMillisecond, "gateway-1", isBroken ? "warn" : "info",
                $"{requests} requests, {failed} failed", null, "requests", requests, "failed", failed);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LogWriter log in Logs)
        {
            log.Dispose();
        }
    }

    // Box and Muller.
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
