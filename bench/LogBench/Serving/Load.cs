using System.Diagnostics;
using System.Threading.Channels;
using Bongsu.LogBench.Generation;
using Bongsu.LogBench.Reporting;

namespace Bongsu.LogBench.Serving;

/// <summary>Sends a file over several connections, each body acknowledged as durable.</summary>
internal static class Load
{
    /// <summary>The table that is loaded.</summary>
    public const string Table = "logs";

    private const int BodyBytes = 3 << 20;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_quietCpu = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(10);

    /// <summary>Loads, cuts what is in memory into parts, and waits until merges are quiet.</summary>
    public static async Task<LoadFigures> RunAsync(ServerUnderTest server, LogFile file, int connections, long rows)
    {
        TimeSpan cpuBefore = server.CpuTime;
        long startedAt = Stopwatch.GetTimestamp();
        int refusals = await SendAsync(server, file, connections);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(startedAt);
        TimeSpan cpuAfterLoad = server.CpuTime - cpuBefore;
        using HttpResponseMessage flushed = await server.Http.PostAsync(
            new Uri($"/api/tables/{Table}/flush", UriKind.Relative), new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
        flushed.EnsureSuccessStatusCode();
        TimeSpan quietAfter = await WaitUntilQuietAsync(server, startedAt);
        return new LoadFigures
        {
            Seconds = elapsed.TotalSeconds,
            RowsPerSecond = rows / elapsed.TotalSeconds,
            CpuSeconds = cpuAfterLoad.TotalSeconds,
            QuietCpuSeconds = (server.CpuTime - cpuBefore).TotalSeconds,
            QuietSeconds = quietAfter.TotalSeconds,
            Refusals = refusals,
        };
    }

    // Two looks without work between them.
    private static async Task<TimeSpan> WaitUntilQuietAsync(ServerUnderTest server, long startedAt)
    {
        TimeSpan before = server.CpuTime;
        TimeSpan quietSince = Stopwatch.GetElapsedTime(startedAt);
        for (int quietLooks = 0; quietLooks < 2 && Stopwatch.GetElapsedTime(startedAt) < s_longestWait;)
        {
            await Task.Delay(s_look);
            TimeSpan now = server.CpuTime;
            quietLooks = now - before < s_quietCpu ? quietLooks + 1 : 0;
            quietSince = quietLooks > 0 ? quietSince : Stopwatch.GetElapsedTime(startedAt);
            before = now;
        }

        return quietSince;
    }

    private static async Task<int> SendAsync(ServerUnderTest server, LogFile file, int connections)
    {
        // Read ahead by one body a connection: the server never waits for the disk.
        var bodies = Channel.CreateBounded<ReadOnlyMemory<byte>>(connections);
        var spare = new System.Collections.Concurrent.ConcurrentBag<byte[]>();
        Task reading = Task.Run(async () =>
        {
            try
            {
                await ReadAsync(file, bodies.Writer, spare);
                bodies.Writer.Complete();
            }
            catch (Exception error)
            {
                bodies.Writer.Complete(error);
            }
        });
        int refusals = 0;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            await foreach (ReadOnlyMemory<byte> body in bodies.Reader.ReadAllAsync())
            {
                Interlocked.Add(ref refusals, await server.IngestAsync(body, Table));
                if (System.Runtime.InteropServices.MemoryMarshal.TryGetArray(body, out ArraySegment<byte> segment))
                {
                    spare.Add(segment.Array!);
                }
            }
        }));
        await reading;
        return refusals;
    }

    private static async Task ReadAsync(
        LogFile file, ChannelWriter<ReadOnlyMemory<byte>> bodies, System.Collections.Concurrent.ConcurrentBag<byte[]> spare)
    {
        using FileStream input = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        while (true)
        {
            byte[] body = spare.TryTake(out byte[]? used) ? used : new byte[BodyBytes];
            int length = input.ReadAtLeast(body, body.Length, throwOnEndOfStream: false);
            if (length == 0)
            {
                return;
            }

            int end = length < body.Length ? length : body.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            input.Position -= length - end;
            await bodies.WriteAsync(body.AsMemory(0, end));
        }
    }
}
