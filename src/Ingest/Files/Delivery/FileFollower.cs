namespace Bongsu.Ingest.Files.Delivery;

/// <summary>Follows files: reads what is appended, keeps it on disk until the server has it, survives rotation and
/// restarts.</summary>
/// <remarks>
/// Order of every chunk: to the buffer (synced), then the checkpoint (synced), then to the server, then out of the
/// buffer. So nothing
/// is read twice and nothing lost, whenever the process dies: what the server had already is known to it by its key.
/// </remarks>
internal sealed class FileFollower : IDisposable
{
    private const string LockName = "lock";

    private readonly FileIngestOptions _options;
    private readonly TimeProvider _clock;
    private readonly Action _report;
    private readonly FileStream _lock;
    private readonly CheckpointFile _checkpoint;
    private readonly ChunkSpool _spool;
    private readonly List<FileTail> _tails = [];
    private long _closedBytes;
    private long _closedLines;

    /// <param name="options">What to follow; has a state directory.</param>
    /// <param name="clock">Measures pauses.</param>
    /// <param name="report">Called when something moved.</param>
    /// <exception cref="InvalidOperationException">Another process uses the state directory.</exception>
    public FileFollower(FileIngestOptions options, TimeProvider clock, Action report)
    {
        _options = options;
        _clock = clock;
        _report = report;
        string state = options.StateDirectory ?? throw new ArgumentException("following needs a state directory", nameof(options));
        Directory.CreateDirectory(state);
        try
        {
            _lock = new FileStream(Path.Combine(state, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new InvalidOperationException($"{state}: another process follows with this state ({error.Message})", error);
        }

        _checkpoint = new CheckpointFile(Path.Combine(state, "checkpoint.json"));
        _spool = new ChunkSpool(Path.Combine(state, "buffer"), options.MaxBufferBytes);
        foreach (FilePosition position in _spool.Positions())
        {
            _checkpoint.Set(position);
        }
    }

    /// <summary>File read last.</summary>
    public string CurrentFile { get; private set; } = "";

    /// <summary>Bytes read.</summary>
    public long ReadBytes => _closedBytes + _tails.Sum(tail => tail.ReadBytes);

    /// <summary>Lines read.</summary>
    public long LineCount => _closedLines + _tails.Sum(tail => tail.LineCount);

    /// <summary>Bytes that wait for the server.</summary>
    public long BufferedBytes => _spool.Bytes;

    /// <summary>Runs until cancelled; then what was read is on disk, and goes to the server next time if it is
    /// away.</summary>
    public async Task RunAsync(ChunkSender sender, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task sending = SendAllAsync(sender, stop.Token);
        Task reading = ReadAllAsync(stop.Token);
        Task first = await Task.WhenAny(reading, sending).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FileTail tail in _tails)
        {
            tail.Dispose();
        }

        _spool.Dispose();
        _lock.Dispose();
    }

    private async Task ReadAllAsync(CancellationToken cancellation)
    {
        OpenRotated();
        try
        {
            while (true)
            {
                OpenNew();
                bool anyMore = false;
                foreach (FileTail tail in _tails.ToArray())
                {
                    anyMore |= await PumpAsync(tail, cancellation).ConfigureAwait(false);
                }

                if (!anyMore)
                {
                    await Task.Delay(_options.PollEvery, _clock, cancellation).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            foreach (FileTail tail in _tails)
            {
                if (tail.TakeRest() is { } rest && _spool.Bytes + rest.Rows.Length <= _options.MaxBufferBytes)
                {
                    await KeepAsync(rest, CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<bool> PumpAsync(FileTail tail, CancellationToken cancellation)
    {
        Chunk? chunk = tail.Pump(out bool hasMore);
        if (chunk is not null)
        {
            CurrentFile = tail.Path;
            await KeepAsync(chunk, cancellation).ConfigureAwait(false);
            _report();
        }

        if (tail.IsFinished)
        {
            _closedBytes += tail.ReadBytes;
            _closedLines += tail.LineCount;
            _tails.Remove(tail);
            tail.Dispose();
        }

        return hasMore;
    }

    private async Task KeepAsync(Chunk chunk, CancellationToken cancellation)
    {
        await _spool.AddAsync(chunk, cancellation).ConfigureAwait(false);
        if (chunk.Position is { } position)
        {
            _checkpoint.Set(position);
            _checkpoint.Save();
        }
    }

    private async Task SendAllAsync(ChunkSender sender, CancellationToken cancellation)
    {
        while (true)
        {
            Chunk chunk = await _spool.FirstAsync(cancellation).ConfigureAwait(false);
            await sender.SendAsync(chunk, cancellation).ConfigureAwait(false);
            _spool.RemoveFirst();
            _report();
        }
    }

    // Files that match, and are not open already; a file renamed within the pattern is known by its identity.
    private void OpenNew()
    {
        foreach (string pattern in _options.Paths)
        {
            foreach (string path in GlobPattern.Expand(pattern))
            {
                if (FileIdentity.Of(path) is { } identity && !_tails.Exists(tail => tail.Identity == identity))
                {
                    Open(path);
                }
            }
        }
    }

    // A file rotated while nobody looked: its rest is read first, under whatever name it has now.
    private void OpenRotated()
    {
        foreach (FilePosition position in _checkpoint.Positions.ToArray())
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(position.Path));
            if (FileIdentity.Of(position.Path) == position.Identity || !Directory.Exists(folder))
            {
                continue;
            }

            foreach (string sibling in Directory.EnumerateFiles(folder))
            {
                if (FileIdentity.Of(sibling) == position.Identity)
                {
                    Open(sibling);
                    break;
                }
            }
        }
    }

    private void Open(string path)
    {
        FileTail? tail = FileTail.TryOpen(path, _checkpoint.Find, _options, _clock);
        if (tail is not null)
        {
            _tails.Add(tail);
        }
    }
}
