using System.Globalization;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Store.Files;
using Bongsu.Store.Manifests;

namespace Bongsu.Store.Parts;

/// <summary>The parts of a table and the manifest that lists them. Thread-safe; changes are one at a time.</summary>
internal sealed class TableParts
{
    private const string Prefix = "part-";
    private const string Suffix = ".part";
    private const string DamagedSuffix = ".damaged";

    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly DecodedCache _cache;
    private readonly Action<StoreNotice>? _notice;
    private readonly Lock _change = new();
    private readonly List<long> _damaged;
    private readonly Func<Schema> _schema;
    private Manifest _manifest;
    private Part[] _parts;
    private long _nextPart;
    private int _damagedCount;

    public TableParts(
        IFileSystem files,
        string directory,
        Manifest manifest,
        Func<Schema> schema,
        DecodedCache cache,
        Action<StoreNotice>? notice)
    {
        _files = files;
        _directory = directory;
        _manifest = manifest;
        _schema = schema;
        _cache = cache;
        _notice = notice;
        _nextPart = manifest.NextPart;
        _damaged = [.. manifest.DamagedParts];
        _damagedCount = _damaged.Count;
        _parts = OpenAll();
        RemoveLeftovers();
    }

    /// <summary>The parts at this moment; the array never changes.</summary>
    public Part[] Current => Volatile.Read(ref _parts);

    /// <summary>Rows of the log up to here are in parts.</summary>
    public long FlushedSequence => Volatile.Read(ref _manifest).FlushedSequence;

    /// <summary>Parts set aside. Takes no lock: the table asks while it holds its own, which comes after this
    /// one's.</summary>
    public int DamagedCount => Volatile.Read(ref _damagedCount);

    /// <summary>The path of a part.</summary>
    public static string PathOf(string directory, long number) => Path.Combine(directory, $"{Prefix}{number:x16}{Suffix}");

    /// <summary>A path for a new part.</summary>
    public string NextPath() => PathOf(Interlocked.Increment(ref _nextPart) - 1);

    /// <summary>Puts written files in the place of parts, in one durable step.</summary>
    /// <param name="removed">Parts to go; where one has gone already, nothing happens.</param>
    /// <param name="addedPaths">Files written and synced.</param>
    /// <param name="flushedSequence">Rows of the log up to here are in parts now; null = as before.</param>
    /// <param name="publish">Called once the step is durable with an action that makes it visible; null = it is just
    /// called.</param>
    /// <returns>Whether it happened; if not, the files are removed.</returns>
    public bool Replace(
        IReadOnlyCollection<Part> removed,
        IReadOnlyList<string> addedPaths,
        long? flushedSequence = null,
        Action<Action>? publish = null)
    {
        lock (_change)
        {
            Part[] before = _parts;
            if (!removed.All(part => Array.IndexOf(before, part) >= 0))
            {
                DeleteAll(addedPaths);
                return false;
            }

            Part[] added = [];
            try
            {
                added = [.. addedPaths.Select(path => Open(path))];
                if (added.Length > 0)
                {
                    // Before the manifest names them: no order among names is promised within one sync.
                    _files.SyncDirectory(_directory);
                }

                Part[] after = [.. before.Except(removed), .. added];
                Save(after, flushedSequence ?? _manifest.FlushedSequence);
                Action show = () => Volatile.Write(ref _parts, after);
                (publish ?? (static action => action()))(show);
            }
            catch
            {
                Array.ForEach(added, part => part.Close());
                DeleteAll(addedPaths);
                throw;
            }

            Array.ForEach([.. removed], _cache.Forget);
            // Their readers keep them open; the names can go now.
            DeleteAll(removed.Select(part => part.Path));
            return true;
        }
    }

    /// <summary>Takes a damaged part out and keeps its file beside, under another name.</summary>
    public void SetAside(Part part, CorruptDataException exception)
    {
        lock (_change)
        {
            if (Array.IndexOf(_parts, part) < 0)
            {
                return;
            }

            Volatile.Write(ref _parts, [.. _parts.Where(other => other != part)]);
            NoteDamaged(part.Number, part.Path, exception);
            try
            {
                Save(_parts, _manifest.FlushedSequence);
            }
            catch (IOException failure)
            {
                Tell(StoreNoticeLevel.Error, $"{_directory}: the manifest could not be written: {failure.Message}", failure);
            }
        }
    }

    public void Close() => Array.ForEach(Current, part => part.Close());

    private void Save(Part[] parts, long flushedSequence)
    {
        Manifest manifest = _manifest with
        {
            Schema = _schema(),
            FlushedSequence = flushedSequence,
            NextPart = Interlocked.Read(ref _nextPart),
            Parts = [.. parts.Select(part => part.Number)],
            DamagedParts = [.. _damaged],
        };
        manifest.Save(_files, _directory);
        Volatile.Write(ref _manifest, manifest);
    }

    private Part[] OpenAll()
    {
        var parts = new List<Part>();
        foreach (long number in _manifest.Parts)
        {
            try
            {
                parts.Add(Open(PathOf(number)));
            }
            catch (CorruptDataException exception)
            {
                NoteDamaged(number, PathOf(number), exception);
            }
            catch (FileNotFoundException exception)
            {
                NoteDamaged(number, PathOf(number), exception);
            }
        }

        return [.. parts];
    }

    private Part Open(string path)
    {
        Part part = Part.Open(_files, path, NumberOf(Path.GetFileName(path))!.Value, _cache);
        part.Damaged = SetAside;
        return part;
    }

    private void NoteDamaged(long number, string path, Exception exception)
    {
        _damaged.Add(number);
        Volatile.Write(ref _damagedCount, _damaged.Count);
        Tell(StoreNoticeLevel.Error, $"{exception.Message}; the part is set aside as {Path.GetFileName(path)}{DamagedSuffix}", exception);
        try
        {
            _files.Move(path, path + DamagedSuffix);
        }
        catch (IOException failure)
        {
            Tell(StoreNoticeLevel.Warning, $"{path}: could not be renamed: {failure.Message}", failure);
        }
    }

    // Files of parts that never made it into the manifest, or were removed from it just before a crash.
    private void RemoveLeftovers()
    {
        var known = _manifest.Parts.ToHashSet();
        foreach (string name in _files.ListFiles(_directory))
        {
            if (name.EndsWith(AtomicFile.UnfinishedSuffix, StringComparison.Ordinal) || (NumberOf(name) is { } number && !known.Contains(number)))
            {
                _files.DeleteFile(Path.Combine(_directory, name));
            }
        }
    }

    private void DeleteAll(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            try
            {
                _files.DeleteFile(path);
            }
            catch (IOException exception)
            {
                Tell(StoreNoticeLevel.Warning, $"{path}: could not be deleted, the next start will: {exception.Message}", exception);
            }
        }
    }

    private void Tell(StoreNoticeLevel level, string message, Exception exception) =>
        _notice?.Invoke(new StoreNotice(level, message, exception));

    private string PathOf(long number) => PathOf(_directory, number);

    private static long? NumberOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal) &&
        long.TryParse(name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length), NumberStyles.HexNumber, null, out long number)
            ? number
            : null;
}
