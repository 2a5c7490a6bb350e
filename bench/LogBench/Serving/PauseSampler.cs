namespace Bongsu.LogBench.Serving;

/// <summary>Asks a server again and again how long its last garbage collection held it up.</summary>
internal sealed class PauseSampler
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);
    private readonly Dictionary<double, double> _pauseSeconds = [];
    private readonly CancellationTokenSource _stopped = new();
    private readonly Task _sampling;

    /// <summary>Starts asking.</summary>
    public PauseSampler(ServerUnderTest server) => _sampling = SampleAsync(server);

    /// <summary>Stops, and gives the 99th percentile of the pauses in ms; null where there was none.</summary>
    public async Task<double?> StopAsync()
    {
        await _stopped.CancelAsync();
        await _sampling;
        _stopped.Dispose();
        double[] sorted = [.. _pauseSeconds.Values.Order()];
        return sorted.Length == 0 ? null : sorted[(int)(0.99 * (sorted.Length - 1))] * 1000;
    }

    // Of two collections between two looks the first goes unseen.
    private async Task SampleAsync(ServerUnderTest server)
    {
        using var timer = new PeriodicTimer(s_interval);
        while (!_stopped.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync();
            ServerMetrics metrics = await ServerMetrics.ReadAsync(server);
            if (metrics["bongsu_gc_collections_total"] is { } collection && metrics["bongsu_gc_last_pause_seconds"] is { } pause)
            {
                _pauseSeconds[collection] = pause;
            }
        }
    }
}
