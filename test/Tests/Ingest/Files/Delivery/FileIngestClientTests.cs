using System.IO.Compression;
using System.Net;
using System.Text;
using Bongsu.Ingest.Files;
using Bongsu.Ingest.Files.Delivery;

namespace Bongsu.Tests.Ingest.Files.Delivery;

public sealed class FileIngestClientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bongsu-files-").FullName;
    private readonly ServerDouble _server = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _server.Dispose();
    }

    [Fact]
    public async Task Import_ManyChunks_EveryRowOnceInOrder()
    {
        Write("a.log", 0, 5_000);
        IngestSummary summary = await ImportAsync("a.log");
        Assert.Equal((5_000, 5_000), (summary.Lines, summary.Rows));
        Assert.True(_server.Requests > 5);
        Assert.Equal(Expected(0, 5_000), _server.Messages);
    }

    [Fact]
    public async Task Import_Again_StoresNothingTwice()
    {
        Write("a.log", 0, 1_000);
        await ImportAsync("a.log");
        await ImportAsync("a.log");
        Assert.Equal(Expected(0, 1_000), _server.Messages);
    }

    [Fact]
    public async Task Import_LostAnswers_AreRetriedWithTheSameKey()
    {
        Write("a.log", 0, 1_000);
        _server.LoseAnswers = 2;
        await ImportAsync("a.log");
        Assert.Equal(Expected(0, 1_000), _server.Messages);
    }

    [Fact]
    public async Task Import_Gzip_IsUnpacked()
    {
        Write("a.log", 0, 1_000);
        using (var target = new GZipStream(File.Create(PathOf("a.gz")), CompressionLevel.Fastest))
        {
            target.Write(File.ReadAllBytes(PathOf("a.log")));
        }

        await ImportAsync("a.gz");
        Assert.Equal(Expected(0, 1_000), _server.Messages);
    }

    [Fact]
    public async Task Import_Zstd_IsUnpacked()
    {
        if (!File.Exists("/usr/bin/zstd"))
        {
            return;
        }

        Write("a.log", 0, 1_000);
        using var zstd = System.Diagnostics.Process.Start("/usr/bin/zstd", ["-q", PathOf("a.log"), "-o", PathOf("a.zst")]);
        await zstd.WaitForExitAsync();
        await ImportAsync("a.zst");
        Assert.Equal(Expected(0, 1_000), _server.Messages);
    }

    [Fact]
    public async Task Import_Pattern_ReadsAllMatches()
    {
        Directory.CreateDirectory(PathOf("x/y"));
        Write("x/1.log", 0, 10);
        Write("x/y/2.log", 10, 10);
        Write("x/y/3.txt", 20, 10);
        await ImportAsync("**/*.log");
        Assert.Equal(Expected(0, 20), _server.Messages);
    }

    [Fact]
    public async Task Import_NoSuchFile_SaysSo()
    {
        FileNotFoundException error = await Assert.ThrowsAsync<FileNotFoundException>(() => ImportAsync("missing.log"));
        Assert.Contains("missing.log: there is no such file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Refused_StopsWithTheServersReason()
    {
        Write("a.log", 0, 10);
        _server.Answer = HttpStatusCode.Forbidden;
        IngestRefusedException error = await Assert.ThrowsAsync<IngestRefusedException>(() => ImportAsync("a.log"));
        Assert.Equal("the server answered 403: told so", error.Message);
    }

    [Fact]
    public async Task Import_ServerAwayTooLong_GivesUp()
    {
        Write("a.log", 0, 10);
        _server.IsAway = true;
        FileIngestOptions options = Options("a.log") with { RetryFor = TimeSpan.Zero };
        IngestAwayException error = await Assert.ThrowsAsync<IngestAwayException>(
            () => new FileIngestClient(options, _server.Client(), TimeProvider.System).RunAsync(CancellationToken.None));
        Assert.Contains("connection refused", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_AppendRotateAndTruncate_EveryRowOnce()
    {
        Write("a.log", 0, 100);
        await using Following run = Start("a.log");
        await run.UntilAsync(100);
        Append("a.log", 100, 100);
        await run.UntilAsync(200);

        // Rename and create; the writer still holds the old file for a moment.
        File.Move(PathOf("a.log"), PathOf("a.log.1"));
        Append("a.log.1", 200, 50);
        Write("a.log", 250, 50);
        await run.UntilAsync(300);

        // copytruncate, at once longer than before.
        File.Copy(PathOf("a.log"), PathOf("a.log.2"));
        using (var stream = new FileStream(PathOf("a.log"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(0);
            stream.Write(Lines(300, 100));
        }

        await run.UntilAsync(400);
        Assert.Equal(Expected(0, 400), _server.Messages.Order());
    }

    [Fact]
    public async Task Follow_ServerAway_BuffersAndDeliversLater()
    {
        _server.IsAway = true;
        Write("a.log", 0, 500);
        await using Following run = Start("a.log");
        await run.UntilAsync(() => run.Progress.BufferedBytes > 0 && run.Progress.Trouble is not null);

        // The file may even be deleted meanwhile.
        File.Delete(PathOf("a.log"));
        _server.IsAway = false;
        await run.UntilAsync(500);
        Assert.Equal(Expected(0, 500), _server.Messages);
    }

    [Fact]
    public async Task Follow_StoppedAndStarted_GoesOnWhereItWas()
    {
        Write("a.log", 0, 100);
        await using (Following run = Start("a.log"))
        {
            await run.UntilAsync(100);
        }

        Append("a.log", 100, 50);
        File.Move(PathOf("a.log"), PathOf("a.log.1"));
        Write("a.log", 150, 50);
        await using (Following run = Start("a.log"))
        {
            await run.UntilAsync(200);
        }

        Assert.Equal(Expected(0, 200), _server.Messages.Order());
    }

    [Fact]
    public async Task Follow_StoppedWhileServerIsAway_DeliversAfterTheRestartOnce()
    {
        _server.IsAway = true;
        Write("a.log", 0, 100);
        await using (Following run = Start("a.log"))
        {
            await run.UntilAsync(() => run.Progress.BufferedBytes > 0);
        }

        // An older checkpoint, as after a crash between buffer and checkpoint: the buffer knows better.
        File.Delete(Path.Combine(PathOf("state"), "checkpoint.json"));
        Append("a.log", 100, 100);
        _server.IsAway = false;
        _server.LoseAnswers = 1;
        await using (Following run = Start("a.log"))
        {
            await run.UntilAsync(200);
        }

        Assert.Equal(Expected(0, 200), _server.Messages);
    }

    [Fact]
    public async Task Follow_HalfALine_WaitsForItsEnd()
    {
        File.WriteAllText(PathOf("a.log"), "2024-01-01 00:00:00 row 0000000\n2024-01-01 00:00:00 row 00");
        await using Following run = Start("a.log");
        await run.UntilAsync(1);
        File.AppendAllText(PathOf("a.log"), "00001\n");
        await run.UntilAsync(2);
        Assert.Equal(Expected(0, 2), _server.Messages);
    }

    [Fact]
    public async Task Follow_SecondProcess_IsRefused()
    {
        Write("a.log", 0, 1);
        await using Following run = Start("a.log");
        await run.UntilAsync(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new FileIngestClient(FollowOptions("a.log"), _server.Client(), TimeProvider.System).RunAsync(CancellationToken.None));
    }

    private static byte[] Lines(int from, int count) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(from, count).Select(row => $"2024-01-01 00:00:{row % 60:00} row {row:0000000}\n")));

    private static IEnumerable<string> Expected(int from, int count) => Enumerable.Range(from, count).Select(row => $"row {row:0000000}");

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void Write(string name, int from, int count) => File.WriteAllBytes(PathOf(name), Lines(from, count));

    private void Append(string name, int from, int count)
    {
        using var stream = new FileStream(PathOf(name), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        stream.Write(Lines(from, count));
    }

    private FileIngestOptions Options(string name) => new()
    {
        Paths = [PathOf(name)],
        Table = "logs",
        ChunkBytes = 20_000,
        Lines = new LineOptions { Zone = TimeZoneInfo.Utc },
    };

    private FileIngestOptions FollowOptions(string name) => Options(name) with
    {
        Follow = true,
        StateDirectory = PathOf("state"),
        FlushAfter = TimeSpan.FromMilliseconds(60),
        PollEvery = TimeSpan.FromMilliseconds(15),
    };

    private Task<IngestSummary> ImportAsync(string name) =>
        new FileIngestClient(Options(name), _server.Client(), TimeProvider.System).RunAsync(CancellationToken.None);

    private Following Start(string name) => new(FollowOptions(name), _server);

    /// <summary>A follower at work until it is disposed.</summary>
    private sealed class Following : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly ServerDouble _server;
        private readonly Task _run;

        public Following(FileIngestOptions options, ServerDouble server)
        {
            _server = server;
            _run = new FileIngestClient(options, server.Client(), TimeProvider.System, progress => Progress = progress).RunAsync(_stop.Token);
        }

        public IngestProgress Progress { get; private set; }

        public Task UntilAsync(int rows) => UntilAsync(() => _server.Messages.Count >= rows);

        public async Task UntilAsync(Func<bool> condition)
        {
            long started = TimeProvider.System.GetTimestamp();
            while (!condition())
            {
                Assert.False(_run.IsCompleted, _run.Exception?.ToString());
                Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), $"{_server.Messages.Count} rows so far");
                await Task.Delay(10);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }
}
