namespace Bongsu.Server.Demo.Services;

/// <summary>The settlement job: busy between three and four at night in Seoul, a heartbeat otherwise.</summary>
internal sealed class Settlement() : CompanyService("settlement", 6, "batch-1")
{
    private const int BatchCount = 20_000;

    /// <inheritdoc/>
    public override double Busyness(long ticks) => IsRunning(ticks) ? 1 : 0.06;

    /// <inheritdoc/>
    public override void Emit(in Moment moment)
    {
        if (!IsRunning(moment.Ticks))
        {
            Log.Write(moment.Ticks, Hosts[0], "INFO", "settlement idle, next run at 03:00 Asia/Seoul", null, "job", "settlement");
            return;
        }

        int merchants = moment.Random.Next(40, 220);
        long amount = moment.Random.NextInt64(2_000_000, 90_000_000);
        double durationMs = moment.Latency(140);
        int batch = (int)(SeoulHourFraction(moment.Ticks) * BatchCount);
        string level = moment.Chance(0.01) ? "WARN" : "INFO";
        string message = level == "WARN"
            ? $"settlement batch {batch}/{BatchCount}: {moment.Random.Next(1, 4)} merchants without a bank account, moved to review"
            : $"settlement batch {batch}/{BatchCount}: {merchants} merchants, {amount} KRW settled in {durationMs:0} ms";
        Log.Write(
            moment.Ticks, Hosts[0], level, message, null,
            "job", "settlement", "merchants", merchants, "amount", amount, "duration_ms", durationMs);
    }

    private static bool IsRunning(long ticks) => new DateTime(ticks + (9 * TimeSpan.TicksPerHour), DateTimeKind.Unspecified).Hour == 3;

    private static double SeoulHourFraction(long ticks) => ticks % TimeSpan.TicksPerHour / (double)TimeSpan.TicksPerHour;
}
