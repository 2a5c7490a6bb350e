using Bongsu.Store.Files;

namespace Bongsu.Simulation.Store;

/// <summary>
/// A disk in memory that keeps apart what was synced and what was not. It crashes at a chosen call: of what was not
/// synced any part
/// survives, writes torn at sectors. It can be full.
/// </summary>
/// <remarks>Names are as unsafe as bytes: each creation, rename and removal that was not synced survives or not by
/// itself.</remarks>
internal sealed class SimulatedFileSystem(Random random) : IFileSystem
{
    private readonly Lock _gate = new();
    private readonly List<NameChange> _unsyncedNames = [];
    private Dictionary<string, SimulatedContent> _names = new(StringComparer.Ordinal);
    private Dictionary<string, SimulatedContent> _syncedNames = new(StringComparer.Ordinal);
    private int _life;

    /// <summary>Calls until the machine dies; negative = never.</summary>
    public int CallsUntilCrash { get; set; } = -1;

    /// <summary>Bytes the disk holds.</summary>
    public long CapacityBytes { get; set; } = long.MaxValue;

    public bool IsCrashed { get; private set; }

    public Random Random => random;

    /// <summary>Power comes back: what had not been synced is partly gone.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _life++;
            IsCrashed = false;
            CallsUntilCrash = -1;
            foreach (NameChange change in _unsyncedNames)
            {
                if (random.Next(2) == 0)
                {
                    Apply(change, _syncedNames);
                }
            }

            _unsyncedNames.Clear();
            foreach (SimulatedContent content in _syncedNames.Values.Distinct())
            {
                content.LoseUnsynced(random);
            }

            _names = new Dictionary<string, SimulatedContent>(_syncedNames, StringComparer.Ordinal);
        }
    }

    public void CreateDirectory(string path) => Enter(_life);

    public IReadOnlyList<string> ListFiles(string directory)
    {
        lock (_gate)
        {
            return [.. _names.Keys.Where(path => Path.GetDirectoryName(path) == directory).Select(path => Path.GetFileName(path)!)];
        }
    }

    public IReadOnlyList<string> ListDirectories(string directory)
    {
        lock (_gate)
        {
            string prefix = directory + "/";
            return
            [
                .. _names.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && path[prefix.Length..].Contains('/'))
                    .Select(path => path[prefix.Length..path.IndexOf('/', prefix.Length)]).Distinct(),
            ];
        }
    }

    public IStorageFile Open(string path, StorageFileMode mode)
    {
        lock (_gate)
        {
            Enter(_life);
            if (mode == StorageFileMode.Create)
            {
                var content = new SimulatedContent();
                Change(new NameChange(path, content));
                return new SimulatedFile(this, path, content, _life);
            }

            return _names.TryGetValue(path, out SimulatedContent? known)
                ? new SimulatedFile(this, path, known, _life)
                : throw new FileNotFoundException(path);
        }
    }

    public void Move(string from, string to)
    {
        lock (_gate)
        {
            Enter(_life);
            if (!_names.TryGetValue(from, out SimulatedContent? content))
            {
                throw new FileNotFoundException(from);
            }

            Change(new NameChange(to, content, MovedFrom: from));
        }
    }

    public void DeleteFile(string path)
    {
        lock (_gate)
        {
            Enter(_life);
            if (_names.ContainsKey(path))
            {
                Change(new NameChange(path, null));
            }
        }
    }

    public void DeleteDirectory(string path)
    {
        lock (_gate)
        {
            foreach (string file in _names.Keys.Where(file => file.StartsWith(path + "/", StringComparison.Ordinal)).ToArray())
            {
                Enter(_life);
                Change(new NameChange(file, null));
            }
        }
    }

    public void SyncDirectory(string path)
    {
        lock (_gate)
        {
            Enter(_life);
            foreach (NameChange change in _unsyncedNames.Where(change => Path.GetDirectoryName(change.Path) == path))
            {
                Apply(change, _syncedNames);
            }

            _unsyncedNames.RemoveAll(change => Path.GetDirectoryName(change.Path) == path);
        }
    }

    public (long TotalBytes, long FreeBytes) Space(string directory)
    {
        lock (_gate)
        {
            long usedBytes = UsedBytes();
            return (Math.Min(CapacityBytes, 1L << 40), CapacityBytes == long.MaxValue ? 1L << 40 : Math.Max(0, CapacityBytes - usedBytes));
        }
    }

    public IDisposable? TryLock(string path) => new MemoryStream();

    internal void Write(SimulatedContent content, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offsetBytes, int life, string path)
    {
        lock (_gate)
        {
            Enter(life);
            byte[] bytes = [.. buffers.SelectMany(buffer => buffer.ToArray())];
            long grownBytes = Math.Max(0, offsetBytes + bytes.Length - content.Length);
            long freeBytes = CapacityBytes == long.MaxValue ? long.MaxValue : CapacityBytes - UsedBytes();
            if (grownBytes > freeBytes)
            {
                // As much as fits is written, as pwrite does.
                int written = (int)Math.Max(0, bytes.Length - (grownBytes - freeBytes));
                content.Write(bytes.AsSpan(0, written), offsetBytes);
                throw DiskFull.Create(path);
            }

            content.Write(bytes, offsetBytes);
        }
    }

    internal int Read(SimulatedContent content, Span<byte> buffer, long offsetBytes)
    {
        lock (_gate)
        {
            return content.Read(buffer, offsetBytes);
        }
    }

    internal long Length(SimulatedContent content)
    {
        lock (_gate)
        {
            return content.Length;
        }
    }

    internal void Sync(SimulatedContent content, int life)
    {
        lock (_gate)
        {
            Enter(life);
            content.Sync();
        }
    }

    private long UsedBytes() => _names.Values.Distinct().Sum(content => content.Length);

    // Every change counts down to the crash; afterwards the dead process can do nothing more.
    private void Enter(int life)
    {
        lock (_gate)
        {
            if (IsCrashed || life != _life || (CallsUntilCrash >= 0 && CallsUntilCrash-- == 0))
            {
                IsCrashed |= life == _life;
                throw new SimulatedCrashException();
            }
        }
    }

    private void Change(NameChange change)
    {
        Apply(change, _names);
        _unsyncedNames.Add(change);
    }

    private static void Apply(NameChange change, Dictionary<string, SimulatedContent> names)
    {
        if (change.MovedFrom is not null)
        {
            names.Remove(change.MovedFrom);
        }

        if (change.Content is null)
        {
            names.Remove(change.Path);
        }
        else
        {
            names[change.Path] = change.Content;
        }
    }

    private sealed record NameChange(string Path, SimulatedContent? Content, string? MovedFrom = null);
}
