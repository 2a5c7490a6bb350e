namespace Bongsu.Ingest.Files.Delivery;

/// <summary>What <c>bongsu ingest</c> does: files to rows to a server, once or for good.</summary>
/// <remarks>
/// The same rows of the same file are stored once, however often the import is repeated or interrupted (within the 24
/// hours the server
/// remembers keys). How lines become rows: docs/guide/files.md.
/// </remarks>
public sealed class FileIngestClient
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(1);

    private readonly FileIngestOptions _options;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly Action<IngestProgress>? _progress;

    /// <summary>A client.</summary>
    /// <param name="options">What to read and where to.</param>
    /// <param name="http">Has the server's address as base address (with a slash at its end) and sends the
    /// credentials.</param>
    /// <param name="clock">For years that lines leave out, and pauses.</param>
    /// <param name="progress">Called after every request and every second, from any thread; null for none.</param>
    public FileIngestClient(FileIngestOptions options, HttpClient http, TimeProvider clock, Action<IngestProgress>? progress = null)
    {
        _options = options;
        _http = http;
        _clock = clock;
        _progress = progress;
    }

    /// <summary>Where <c>--follow</c> keeps its state unless told: a folder by server, table and paths.</summary>
    /// <param name="server">The server.</param>
    /// <param name="table">The table.</param>
    /// <param name="paths">The paths.</param>
    public static string DefaultStateDirectory(Uri server, string table, IEnumerable<string> paths)
    {
        byte[] name = System.Text.Encoding.UTF8.GetBytes(
            string.Join('\0', paths.Select(Path.GetFullPath).Prepend(table).Prepend(server.AbsoluteUri)));
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(name).AsSpan(0, 8));
        string root = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
            ? state
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(root.Length > 0 ? root : Path.GetTempPath(), "bongsu", "follow-" + hash);
    }

    /// <summary>Runs to the end of the files, or until cancelled when following.</summary>
    /// <param name="cancellation">Stops; when following this is the normal end and not an error.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file, checkpoint or buffer cannot be read.</exception>
    /// <exception cref="IngestRefusedException">The server refuses the rows for good.</exception>
    /// <exception cref="IngestAwayException">The server was away for longer than
    /// <see cref="FileIngestOptions.RetryFor"/>.</exception>
    public async Task<IngestSummary> RunAsync(CancellationToken cancellation)
    {
        long started = _clock.GetTimestamp();
        var sender = new ChunkSender(_http, _options, _clock);
        if (_options.Follow)
        {
            return await FollowAsync(sender, started, cancellation).ConfigureAwait(false);
        }

        FileImporter importer = null!;
        Action report = () => _progress?.Invoke(new IngestProgress(
            importer.CurrentFile, importer.ReadBytes, importer.TotalBytes, sender.Rows, sender.RejectedRows, 0,
            _clock.GetElapsedTime(started), sender.Trouble));
        importer = new FileImporter(_options, sender, _clock, report);
        await WithHeartbeatAsync(importer.RunAsync(cancellation), report).ConfigureAwait(false);
        return new IngestSummary(
            importer.LineCount, sender.Rows, sender.RejectedRows, sender.FirstRejection, importer.ReadBytes, _clock.GetElapsedTime(started));
    }

    private async Task<IngestSummary> FollowAsync(ChunkSender sender, long started, CancellationToken cancellation)
    {
        FileFollower follower = null!;
        Action report = () => _progress?.Invoke(new IngestProgress(
            follower.CurrentFile, follower.ReadBytes, null, sender.Rows, sender.RejectedRows, follower.BufferedBytes,
            _clock.GetElapsedTime(started), sender.Trouble));
        using (follower = new FileFollower(_options, _clock, report))
        {
            try
            {
                await WithHeartbeatAsync(follower.RunAsync(sender, cancellation), report).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // The way following ends.
            }

            return new IngestSummary(
                follower.LineCount, sender.Rows, sender.RejectedRows, sender.FirstRejection, follower.ReadBytes,
                _clock.GetElapsedTime(started));
        }
    }

    // Progress shows that the server is away even when nothing moves.
    private async Task WithHeartbeatAsync(Task work, Action report)
    {
        while (await Task.WhenAny(work, Task.Delay(s_heartbeat, _clock)).ConfigureAwait(false) != work)
        {
            report();
        }

        await work.ConfigureAwait(false);
        report();
    }
}
