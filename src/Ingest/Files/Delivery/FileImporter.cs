using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>Reads files, or standard input, once from beginning to end and sends their rows.</summary>
internal sealed class FileImporter
{
    private readonly FileIngestOptions _options;
    private readonly ChunkSender _sender;
    private readonly TimeProvider _clock;
    private readonly Action _report;
    private Task _sending = Task.CompletedTask;

    /// <param name="options">What to read.</param>
    /// <param name="sender">Where to.</param>
    /// <param name="clock">Time of lines that have none, where there is no file to ask.</param>
    /// <param name="report">Called when something moved.</param>
    public FileImporter(FileIngestOptions options, ChunkSender sender, TimeProvider clock, Action report)
    {
        _options = options;
        _sender = sender;
        _clock = clock;
        _report = report;
    }

    /// <summary>File read now.</summary>
    public string CurrentFile { get; private set; } = "";

    /// <summary>Bytes read of all files; of a compressed one, compressed bytes.</summary>
    public long ReadBytes { get; private set; }

    /// <summary>Bytes of all files; null where standard input is among them.</summary>
    public long? TotalBytes { get; private set; }

    /// <summary>Lines read.</summary>
    public long LineCount { get; private set; }

    /// <summary>Reads and sends everything.</summary>
    /// <param name="cancellation">Stops between requests.</param>
    /// <exception cref="FileNotFoundException">A file is not there, or a pattern matches none.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        List<string> files = [];
        foreach (string path in _options.Paths)
        {
            IReadOnlyList<string> found = path == "-" ? ["-"] : GlobPattern.Expand(path);
            if (found.Count == 0 || (found.Count == 1 && found[0] != "-" && !File.Exists(found[0])))
            {
                throw new FileNotFoundException(
                    GlobPattern.IsPattern(path) ? $"{path}: no file matches" : $"{path}: there is no such file", path);
            }

            files.AddRange(found);
        }

        TotalBytes = files.Contains("-") ? null : files.Sum(file => new FileInfo(file).Length);
        foreach (string file in files)
        {
            CurrentFile = file == "-" ? "standard input" : file;
            await (file == "-"
                ? ImportStandardInputAsync(_options.OpenStandardInput(), cancellation)
                : ImportFileAsync(file, cancellation)).ConfigureAwait(false);
        }

        await _sending.ConfigureAwait(false);
    }

    private async Task ImportFileAsync(string path, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        long before = ReadBytes;
        string identity = FileIdentity.Of(file.SafeFileHandle);
        long writtenTicks = File.GetLastWriteTimeUtc(path).Ticks;
        await using Stream content = LogSource.Open(file, out _);
        var reader = new RecordReader(_options.Lines, _clock, () => new EventTime(writtenTicks));
        reader.Assembler.ReferenceTicks = writtenTicks;
        using var chunk = new ChunkBuilder(_options.Table, SourceName(Path.GetFullPath(path)), identity);
        while (true)
        {
            int read = await content.ReadAsync(reader.Room(), cancellation).ConfigureAwait(false);
            ReadBytes = before + file.Position;
            if (read == 0)
            {
                break;
            }

            reader.Advance(read);
            await DrainAsync(reader, chunk, cancellation).ConfigureAwait(false);
        }

        await FinishAsync(reader, chunk, cancellation).ConfigureAwait(false);
    }

    // A pipe may pause for hours: what came is sent meanwhile.
    private async Task ImportStandardInputAsync(Stream input, CancellationToken cancellation)
    {
        var reader = new RecordReader(_options.Lines, _clock, () => new EventTime(_clock.GetUtcNow().UtcTicks));
        using var chunk = new ChunkBuilder(_options.Table, SourceName("-"), "stdin-" + Guid.NewGuid().ToString("n"));
        while (true)
        {
            ValueTask<int> pending = input.ReadAsync(reader.Room(), cancellation);
            Task<int> reading = pending.AsTask();
            if (await Task.WhenAny(reading, Task.Delay(_options.FlushAfter, _clock, cancellation)).ConfigureAwait(false) != reading)
            {
                // The read owns the buffer's room, so only records made before it are sent.
                if (reader.Flush() is { } last)
                {
                    chunk.Add(last);
                }

                await SendAsync(chunk, reader, cancellation).ConfigureAwait(false);
            }

            int read = await reading.ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            ReadBytes += read;
            reader.Advance(read);
            reader.StopSampling();
            await DrainAsync(reader, chunk, cancellation).ConfigureAwait(false);
        }

        await FinishAsync(reader, chunk, cancellation).ConfigureAwait(false);
    }

    private async Task FinishAsync(RecordReader reader, ChunkBuilder chunk, CancellationToken cancellation)
    {
        reader.Complete();
        await DrainAsync(reader, chunk, cancellation).ConfigureAwait(false);
        if (reader.Flush() is { } last)
        {
            chunk.Add(last);
        }

        await SendAsync(chunk, reader, cancellation).ConfigureAwait(false);
        LineCount += reader.LineCount;
    }

    private async Task DrainAsync(RecordReader reader, ChunkBuilder chunk, CancellationToken cancellation)
    {
        while (reader.Next() is { } record)
        {
            chunk.Add(record);
            if (chunk.Bytes >= _options.ChunkBytes)
            {
                await SendAsync(chunk, reader, cancellation).ConfigureAwait(false);
            }
        }
    }

    // One request is on its way while the next chunk is read.
    private async Task SendAsync(ChunkBuilder chunk, RecordReader reader, CancellationToken cancellation)
    {
        if (chunk.RowCount == 0)
        {
            return;
        }

        await _sending.ConfigureAwait(false);
        _report();
        _sending = _sender.SendAsync(chunk.Take(reader.SafeOffset, position: null), cancellation);
    }

    private static string SourceName(string path) => Environment.MachineName + ":" + path;
}
