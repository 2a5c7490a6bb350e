using System.Globalization;
using System.Text.Json;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>Chunks on disk that wait for the server, in order, up to a size.</summary>
/// <remarks>
/// A chunk is written to a temporary file, synced and renamed: it is there whole or not at all. Its place in its file
/// is part of it, so
/// after a crash reading goes on behind the last chunk here, even if the checkpoint is older. One writer and one
/// reader.
/// </remarks>
internal sealed class ChunkSpool : IDisposable
{
    private const string Extension = ".chunk";

    private readonly string _folder;
    private readonly long _maxBytes;
    private readonly Queue<(string File, long Bytes)> _waiting = new();
    private readonly SemaphoreSlim _added = new(0);
    private readonly SemaphoreSlim _removed = new(0);
    private readonly Lock _lock = new();
    private long _bytes;
    private long _next;

    /// <summary>Opens the folder and finds what an earlier run left there.</summary>
    public ChunkSpool(string folder, long maxBytes)
    {
        _folder = folder;
        _maxBytes = maxBytes;
        Directory.CreateDirectory(folder);
        foreach (string leftover in Directory.GetFiles(folder, "*.tmp"))
        {
            File.Delete(leftover);
        }

        foreach (string file in Directory.GetFiles(folder, "*" + Extension).Order(StringComparer.Ordinal))
        {
            long length = new FileInfo(file).Length;
            _waiting.Enqueue((file, length));
            _bytes += length;
            _next = long.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture) + 1;
            _added.Release();
        }
    }

    /// <summary>Bytes that wait.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Where the files go on behind the chunks that wait, oldest first.</summary>
    public IEnumerable<FilePosition> Positions()
    {
        foreach ((string file, _) in _waiting)
        {
            if (Read(file).Position is { } position)
            {
                yield return position;
            }
        }
    }

    /// <summary>Adds a chunk, durably; waits while there is no room.</summary>
    public async Task AddAsync(Chunk chunk, CancellationToken cancellation)
    {
        while (Bytes > 0 && Bytes + chunk.Rows.Length > _maxBytes)
        {
            await _removed.WaitAsync(cancellation).ConfigureAwait(false);
        }

        var header = new SpoolHeader
        {
            Key = chunk.Key,
            Source = chunk.Source,
            Position = chunk.Position,
            RowCount = chunk.RowCount,
            Bytes = chunk.Rows.Length,
        };
        string file = Path.Combine(_folder, _next++.ToString("D16", CultureInfo.InvariantCulture) + Extension);
        byte[] head = [.. JsonSerializer.SerializeToUtf8Bytes(header, DeliveryJson.Default.SpoolHeader), (byte)'\n'];
        using (var stream = new FileStream(file + ".tmp", FileMode.Create, FileAccess.Write))
        {
            await stream.WriteAsync(head, cancellation).ConfigureAwait(false);
            await stream.WriteAsync(chunk.Rows, cancellation).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".tmp", file);
        long bytes = head.Length + chunk.Rows.Length;
        Interlocked.Add(ref _bytes, bytes);
        lock (_lock)
        {
            _waiting.Enqueue((file, bytes));
        }

        _added.Release();
    }

    /// <summary>The oldest chunk; waits for one. It stays until <see cref="RemoveFirst"/>.</summary>
    public async Task<Chunk> FirstAsync(CancellationToken cancellation)
    {
        await _added.WaitAsync(cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            return Read(_waiting.Peek().File);
        }
    }

    /// <summary>Takes the oldest chunk away: the server has it.</summary>
    public void RemoveFirst()
    {
        (string File, long Bytes) first;
        lock (_lock)
        {
            first = _waiting.Dequeue();
        }

        File.Delete(first.File);
        Interlocked.Add(ref _bytes, -first.Bytes);
        if (_removed.CurrentCount == 0)
        {
            _removed.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _added.Dispose();
        _removed.Dispose();
    }

    private static Chunk Read(string file)
    {
        byte[] content = File.ReadAllBytes(file);
        int end = content.AsSpan().IndexOf((byte)'\n');
        SpoolHeader? header = end < 0 ? null : JsonSerializer.Deserialize(content.AsSpan(0, end), DeliveryJson.Default.SpoolHeader);
        if (header is null || content.Length - end - 1 != header.Bytes)
        {
            throw new InvalidDataException($"{file}: the buffered rows are damaged; move the file away to go on without them");
        }

        return new Chunk(header.Key, header.Source, header.Position, header.RowCount, content.AsMemory(end + 1));
    }
}
