using System.Globalization;
using Bongsu.Core.Encodings;
using Bongsu.Store.Files;

namespace Bongsu.Store.Keys;

/// <summary>Keys of log segments that are gone, in files; a file goes when its newest key is old enough. One
/// owner.</summary>
internal sealed class KeyFiles
{
    private const string Prefix = "keys-";
    private const uint Kind = 0x5945_4B42; // "BKEY"
    private const int KeyBytes = 32;

    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly List<(string Path, long LastTicks)> _saved = [];
    private long _nextNumber;

    public KeyFiles(IFileSystem files, string directory)
    {
        _files = files;
        _directory = directory;
        files.CreateDirectory(directory);
    }

    /// <summary>Reads what there is, oldest file first.</summary>
    public void Load(KeyMemory memory, Action<StoreNotice>? notice)
    {
        foreach (string name in _files.ListFiles(_directory).Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(_directory, name);
            if (!long.TryParse(name.AsSpan(Math.Min(name.Length, Prefix.Length)), NumberStyles.HexNumber, null, out long number))
            {
                _files.DeleteFile(path);
                continue;
            }

            _nextNumber = Math.Max(_nextNumber, number + 1);
            try
            {
                RememberedKey[] keys = Decode(AtomicFile.Read(_files, path, Kind));
                memory.Restore(keys);
                _saved.Add((path, keys.Length == 0 ? 0 : keys.Max(key => key.Ticks)));
            }
            catch (CorruptDataException exception)
            {
                notice?.Invoke(new StoreNotice(StoreNoticeLevel.Error, $"{exception.Message}; its idempotency keys are forgotten", exception));
                _files.Move(path, path + ".damaged");
            }
        }
    }

    /// <summary>Saves keys durably.</summary>
    public void Save(IReadOnlyList<RememberedKey> keys)
    {
        if (keys.Count == 0)
        {
            return;
        }

        string path = Path.Combine(_directory, $"{Prefix}{_nextNumber++:x16}");
        AtomicFile.Write(_files, path, Kind, Encode(keys));
        _saved.Add((path, keys.Max(key => key.Ticks)));
    }

    /// <summary>Deletes files whose keys are all older than a time.</summary>
    public void DeleteOlderThan(long ticks)
    {
        foreach ((string path, long lastTicks) in _saved.Where(file => file.LastTicks < ticks).ToArray())
        {
            _files.DeleteFile(path);
            _saved.Remove((path, lastTicks));
        }
    }

    private static ReadOnlyMemory<byte> Encode(IReadOnlyList<RememberedKey> keys)
    {
        var writer = new ByteWriter();
        foreach (RememberedKey key in keys)
        {
            writer.WriteUInt64((ulong)key.Hash);
            writer.WriteUInt64((ulong)(key.Hash >> 64));
            writer.WriteInt64(key.Sequence);
            writer.WriteInt64(key.Ticks);
        }

        return writer.WrittenMemory;
    }

    private static RememberedKey[] Decode(byte[] content)
    {
        var reader = new ByteReader(content);
        var keys = new RememberedKey[content.Length / KeyBytes];
        for (int index = 0; index < keys.Length; index++)
        {
            ulong low = reader.ReadUInt64();
            keys[index] = new RememberedKey(new UInt128(reader.ReadUInt64(), low), reader.ReadInt64(), reader.ReadInt64());
        }

        reader.ExpectEnd();
        return keys;
    }
}
