using System.Text.Json;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>How far every followed file was read, on disk. Not thread-safe.</summary>
internal sealed class CheckpointFile
{
    // A file that was rotated away and not seen again must not be remembered for good.
    private const int MaxFiles = 4_096;

    private readonly string _path;
    private readonly Dictionary<string, FilePosition> _byIdentity = new(StringComparer.Ordinal);

    /// <summary>Reads the checkpoint, if there is one.</summary>
    /// <exception cref="InvalidDataException">It is there and cannot be read.</exception>
    public CheckpointFile(string path)
    {
        _path = path;
        if (!File.Exists(path))
        {
            return;
        }

        CheckpointState? state;
        try
        {
            state = JsonSerializer.Deserialize(File.ReadAllBytes(path), DeliveryJson.Default.CheckpointState);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: not a checkpoint ({error.Message}); delete it to read the files again", error);
        }

        if (state is not { Version: 1 })
        {
            throw new InvalidDataException($"{path}: version {state?.Version}, expected 1");
        }

        foreach (FilePosition position in state.Files)
        {
            _byIdentity[position.Identity] = position;
        }
    }

    /// <summary>All positions known.</summary>
    public IReadOnlyCollection<FilePosition> Positions => _byIdentity.Values;

    /// <summary>Takes note of a position; durable after <see cref="Save"/>.</summary>
    public void Set(FilePosition position)
    {
        _byIdentity.Remove(position.Identity);
        _byIdentity.Add(position.Identity, position);
        if (_byIdentity.Count > MaxFiles)
        {
            _byIdentity.Remove(_byIdentity.Keys.First());
        }
    }

    /// <summary>The position of a file, or null.</summary>
    public FilePosition? Find(string identity) => _byIdentity.GetValueOrDefault(identity);

    /// <summary>Writes all positions durably: the old checkpoint or the new one is there, never half of one.</summary>
    public void Save()
    {
        var state = new CheckpointState { Files = [.. _byIdentity.Values] };
        string temporary = _path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(stream, state, DeliveryJson.Default.CheckpointState);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }
}
