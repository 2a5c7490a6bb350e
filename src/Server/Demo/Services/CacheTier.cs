namespace Bongsu.Server.Demo.Services;

/// <summary>The cache tier: mostly silent, with a summary now and then; loud when a node runs out of memory.</summary>
internal sealed class CacheTier() : CompanyService("cache", 1.2, "cache-1", "cache-2", "cache-3")
{
    private const double TimeoutMs = 3000;

    /// <summary>A caller's look-up: returns how long it took, and logs what the cache logs.</summary>
    public double Lookup(in Moment moment, string trace, string key, out bool isTimedOut)
    {
        string host = moment.Pick(Hosts);
        bool isBroken = moment.Has(Faults.CacheOutOfMemory) && host == "cache-2";
        isTimedOut = isBroken && moment.Chance(0.85);
        if (isBroken)
        {
            Log.Write(
                moment.After(1), host, "ERROR",
                $"OOM command not allowed when used memory > 'maxmemory' (used_memory=17179{moment.Random.Next(100000, 999999)}) key={key}", trace,
                "used_memory_percent", 100.0);
        }

        return isTimedOut ? TimeoutMs + (moment.Random.NextDouble() * 40) : moment.Latency(1.4);
    }

    /// <inheritdoc/>
    public override void Emit(in Moment moment)
    {
        string host = moment.Pick(Hosts);
        bool isBroken = moment.Has(Faults.CacheOutOfMemory) && host == "cache-2";
        double usedPercent = isBroken ? 99.2 + (moment.Random.NextDouble() * 0.8) : 61 + (moment.Random.NextDouble() * 9);
        if (isBroken && moment.Chance(0.6))
        {
            Log.Write(
                moment.Ticks, host, "WARN",
                $"evicted {moment.Random.Next(2000, 9000)} keys in 1s, memory fragmentation ratio 1.{moment.Random.Next(40, 90)}", null,
                "used_memory_percent", usedPercent);
            return;
        }

        double hits = isBroken ? 0.31 : 0.93 + (moment.Random.NextDouble() * 0.05);
        Log.Write(
            moment.Ticks, host, "INFO", $"stats hits={hits:0.000} clients={moment.Random.Next(380, 460)} used={usedPercent:0.0}%", null,
            "hit_ratio", hits, "used_memory_percent", usedPercent);
    }
}
