using System.Runtime;
using Bongsu.Core.Vectors;
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

    // After a burst once more, when pooled arrays are old enough to be let go.
    private const int TicksToAgain = 25;

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
        int againIn = 0;
        while (await _timer.WaitForNextTickAsync())
        {
            long allocated = GC.GetTotalAllocatedBytes();
            bool isQuiet = allocated - seen < QuietBytes;
            seen = allocated;
            if (isQuiet && allocated - trimmedAt >= BurstBytes)
            {
                trimmedAt = allocated;
                againIn = TicksToAgain;
                Trim();
            }
            else if (againIn > 0 && --againIn == 0)
            {
                Trim();
            }
        }
    }

    private void Trim()
    {
        _gateway.Trim();
        _blocks.Trim();
        SharedArrays.Trim();

        // The shared array pool lets go of what was idle for a minute, told by a finalizer after a collection.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
