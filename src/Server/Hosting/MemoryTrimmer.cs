using System.Runtime;
using Bongsu.Ingest;

namespace Bongsu.Server.Hosting;

/// <summary>Gives the memory of a burst back once it is over (docs/decisions/0031).</summary>
internal sealed class MemoryTrimmer : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(3);

    // Between two looks: below this nothing is going on that would need the memory again at once.
    private const long QuietBytes = 16L << 20;

    // Since the last time: below this there is nothing to give back that is worth a pause.
    private const long BurstBytes = 256L << 20;

    private readonly IngestGateway _gateway;
    private readonly BlockPools _blocks;
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    /// <summary>Watches until disposed.</summary>
    public MemoryTrimmer(IngestGateway gateway, BlockPools blocks, TimeProvider time)
    {
        _gateway = gateway;
        _blocks = blocks;
        _timer = new PeriodicTimer(s_interval, time);
        _loop = WatchAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    private async Task WatchAsync()
    {
        long trimmedAt = GC.GetTotalAllocatedBytes();
        long seen = trimmedAt;
        while (await _timer.WaitForNextTickAsync())
        {
            long allocated = GC.GetTotalAllocatedBytes();
            bool isQuiet = allocated - seen < QuietBytes;
            seen = allocated;
            if (isQuiet && allocated - trimmedAt >= BurstBytes)
            {
                trimmedAt = allocated;
                Trim();
            }
        }
    }

    private void Trim()
    {
        _gateway.Trim();
        _blocks.Trim();
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
