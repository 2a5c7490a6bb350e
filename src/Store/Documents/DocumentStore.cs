using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Bongsu.Core.Encodings;
using Bongsu.Store.Files;

namespace Bongsu.Store.Documents;

/// <summary>Small durable JSON documents of one tenant (saved queries, alert state, keys), by collection and id.
/// Thread-safe.</summary>
/// <remarks>One checksummed file each, replaced in one step; all are kept in memory once their collection was
/// touched.</remarks>
public sealed class DocumentStore
{
    private const uint Kind = 0x434F_4442; // "BDOC"
    private const int MaxDocumentBytes = 64 << 20;

    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly Action<StoreNotice>? _notice;
    private readonly ConcurrentDictionary<string, Lazy<SortedDictionary<string, byte[]>>> _collections = new(StringComparer.Ordinal);

    internal DocumentStore(IFileSystem files, string directory, Action<StoreNotice>? notice)
    {
        _files = files;
        _directory = directory;
        _notice = notice;
    }

    /// <summary>Stores a document, in the place of the one of that id; durable when it returns.</summary>
    /// <exception cref="StoreException">The collection's name is not allowed, or the document is too large.</exception>
    /// <exception cref="StoreFullException">The disk is full.</exception>
    public void Put(string collection, string id, ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxDocumentBytes)
        {
            throw new StoreException("document_too_large", $"document '{id}' has {json.Length} bytes, at most {MaxDocumentBytes} are allowed");
        }

        SortedDictionary<string, byte[]> documents = Collection(collection);
        byte[] copy = json.ToArray();
        var writer = new ByteWriter();
        writer.WriteString(id);
        writer.WriteBytes(copy);
        lock (documents)
        {
            string directory = Path.Combine(_directory, collection);
            try
            {
                _files.CreateDirectory(directory);
                AtomicFile.Write(_files, PathOf(collection, id), Kind, writer.WrittenMemory);
            }
            catch (IOException exception) when (DiskFull.Is(exception))
            {
                throw new StoreFullException($"the disk is full: document '{id}' was not stored", exception);
            }

            documents[id] = copy;
        }
    }

    /// <summary>Removes a document; false where there is none. Durable when it returns.</summary>
    public bool Delete(string collection, string id)
    {
        SortedDictionary<string, byte[]> documents = Collection(collection);
        lock (documents)
        {
            if (!documents.ContainsKey(id))
            {
                return false;
            }

            _files.DeleteFile(PathOf(collection, id));
            _files.SyncDirectory(Path.Combine(_directory, collection));
            return documents.Remove(id);
        }
    }

    /// <summary>A document, or null; the caller must not change it.</summary>
    public byte[]? Get(string collection, string id)
    {
        SortedDictionary<string, byte[]> documents = Collection(collection);
        lock (documents)
        {
            return documents.GetValueOrDefault(id);
        }
    }

    /// <summary>All documents of a collection, by id; the caller must not change them.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> List(string collection)
    {
        SortedDictionary<string, byte[]> documents = Collection(collection);
        lock (documents)
        {
            return [.. documents];
        }
    }

    private SortedDictionary<string, byte[]> Collection(string name)
    {
        Names.CheckCollection(name);
        return _collections.GetOrAdd(name, key => new Lazy<SortedDictionary<string, byte[]>>(() => Load(key))).Value;
    }

    private SortedDictionary<string, byte[]> Load(string collection)
    {
        var documents = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        string directory = Path.Combine(_directory, collection);
        foreach (string name in _files.ListFiles(directory))
        {
            string path = Path.Combine(directory, name);
            if (name.EndsWith(AtomicFile.UnfinishedSuffix, StringComparison.Ordinal))
            {
                _files.DeleteFile(path);
                continue;
            }

            if (!name.EndsWith(".doc", StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                var reader = new ByteReader(AtomicFile.Read(_files, path, Kind));
                documents[reader.ReadString()] = reader.Rest.ToArray();
            }
            catch (CorruptDataException exception)
            {
                _notice?.Invoke(new StoreNotice(StoreNoticeLevel.Error, $"{exception.Message}; the document is set aside", exception));
                _files.Move(path, path + ".damaged");
            }
        }

        return documents;
    }

    // Ids are anyone's text: the file's name is a hash of it.
    private string PathOf(string collection, string id) => Path.Combine(
        _directory,
        collection,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16)) + ".doc");
}
