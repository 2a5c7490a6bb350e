using System.Globalization;
using Bongsu.Store.Files;

namespace Bongsu.Store.Wal;

/// <summary>Names of the log's files, and the spare ones whose blocks were written before: only such sync
/// fast.</summary>
internal sealed class LogFiles
{
    private const string SegmentPrefix = "wal-";
    private const string SparePrefix = "spare-";
    private const string Suffix = ".log";
    private const int MaxSpares = 2;
    private const int ZeroChunkBytes = 1 << 20;

    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly Lock _gate = new();
    private readonly Queue<string> _spares = new();
    private long _spareNumber;

    public LogFiles(IFileSystem files, string directory)
    {
        _files = files;
        _directory = directory;
        foreach (string name in files.ListFiles(directory).Order(StringComparer.Ordinal))
        {
            if (name.StartsWith(SparePrefix, StringComparison.Ordinal))
            {
                // Names go on from the highest; a file being zeroed when the process died is as good as any.
                _spareNumber = Math.Max(_spareNumber, Number(name, SparePrefix) ?? 0);
                _spares.Enqueue(Path.Combine(directory, name));
            }
        }
    }

    public string PathOf(long segment) => Path.Combine(_directory, $"{SegmentPrefix}{segment:x16}{Suffix}");

    /// <summary>Numbers of the segments there are, ascending.</summary>
    public IReadOnlyList<long> Segments() =>
        [.. _files.ListFiles(_directory).Select(name => Number(name, SegmentPrefix)).OfType<long>().Order()];

    /// <summary>Opens a new segment on a spare file, or a new one.</summary>
    public IStorageFile OpenNew(long segment)
    {
        string path = PathOf(segment);
        string? spare;
        lock (_gate)
        {
            _spares.TryDequeue(out spare);
        }

        if (spare is not null)
        {
            _files.Move(spare, path);
        }

        IStorageFile file = _files.Open(path, spare is not null ? StorageFileMode.ReadWrite : StorageFileMode.Create);
        _files.SyncDirectory(_directory);
        return file;
    }

    /// <summary>Makes a spare of a segment that is not needed, or deletes it.</summary>
    public void Recycle(string path)
    {
        lock (_gate)
        {
            if (_spares.Count >= MaxSpares)
            {
                _files.DeleteFile(path);
            }
            else
            {
                string spare = SparePath();
                _files.Move(path, spare);
                _spares.Enqueue(spare);
            }
        }

        // One after the other, so that a crash never leaves a gap between segments.
        _files.SyncDirectory(_directory);
    }

    /// <summary>Writes a first spare full of zeros, so that the next segment syncs fast.</summary>
    public void PrepareSpare(long sizeBytes)
    {
        string path;
        lock (_gate)
        {
            if (_spares.Count > 0)
            {
                return;
            }

            path = SparePath();
        }

        ReadOnlyMemory<byte>[] zeros = [new byte[ZeroChunkBytes]];
        try
        {
            using IStorageFile file = _files.Open(path, StorageFileMode.Create);
            for (long offset = 0; offset < sizeBytes; offset += ZeroChunkBytes)
            {
                file.Write(zeros, offset);
            }

            file.Sync();
        }
        catch (IOException)
        {
            _files.DeleteFile(path);
            throw;
        }

        lock (_gate)
        {
            _spares.Enqueue(path);
        }
    }

    /// <summary>Gives the disk space of spares back.</summary>
    public void DropSpares()
    {
        lock (_gate)
        {
            while (_spares.TryDequeue(out string? spare))
            {
                _files.DeleteFile(spare);
            }
        }
    }

    private string SparePath() => Path.Combine(_directory, $"{SparePrefix}{++_spareNumber:x16}{Suffix}");

    private static long? Number(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal) &&
        long.TryParse(name.AsSpan(prefix.Length, name.Length - prefix.Length - Suffix.Length), NumberStyles.HexNumber, null, out long number)
            ? number
            : null;
}
