namespace Bongsu.Server.Demo.Services;

/// <summary>The messenger relay: many short lines, queue depths, reconnects.</summary>
internal sealed class MessengerRelay(CacheTier cache) : CompanyService("messenger", 8, "relay-1", "relay-2", "relay-3")
{
    private static readonly string[] s_apis = ["send", "read", "typing", "sync", "upload", "leave"];

    /// <inheritdoc/>
    public override void Emit(in Moment moment)
    {
        string host = moment.Pick(Hosts);
        string trace = moment.NewTraceId();
        string api = moment.Pick(s_apis);
        long room = moment.Random.NextInt64(1_000_000, 9_999_999);
        if (moment.Chance(0.02))
        {
            Log.Write(
                moment.Ticks, host, "WARN",
                $"session {moment.Random.Next(1, 99999)} reconnected from 3G after {moment.Random.Next(2, 90)} s", trace,
                "api", "connect");
            return;
        }

        double cacheMs = cache.Lookup(moment, trace, $"room:{room}", out bool isTimedOut);
        double durationMs = cacheMs + moment.Latency(6);
        if (isTimedOut)
        {
            Log.Write(
                moment.After(durationMs), host, "ERROR",
                $"{api} room={room} failed: cache-2 timed out after {cacheMs:0} ms, retrying in 200 ms", trace,
                "api", api, "room", room, "duration_ms", durationMs);
            return;
        }

        Log.Write(
            moment.After(durationMs), host, "INFO", $"{api} room={room} members={moment.Random.Next(2, 60)} delivered in {durationMs:0.0} ms", trace,
            "api", api, "room", room, "duration_ms", durationMs);
    }
}
