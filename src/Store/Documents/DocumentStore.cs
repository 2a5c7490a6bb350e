using System.Collections.Concurrent;
using Bongsu.Store.Files;

namespace Bongsu.Store.Documents;

/// <summary>Small durable JSON documents of one tenant (saved queries, alert state, keys), by collection and id.
/// Thread-safe.</summary>
/// <remarks>A file of changes for each collection (<see cref="DocumentLog"/>); all are kept in memory once their collection
/// was touched.</remarks>
public sealed class DocumentStore
{
    private const int MaxDocumentBytes = 64 << 20;

    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly Action<StoreNotice>? _notice;
    private readonly ConcurrentDictionary<string, Lazy<DocumentLog>> _collections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, GroupCommit> _groups = new(StringComparer.Ordinal);

    internal DocumentStore(IFileSystem files, string directory, Action<StoreNotice>? notice)
    {
        _files = files;
        _directory = directory;
        _notice = notice;
    }

    /// <summary>Stores a document, in the place of the one of that id; durable when it returns.</summary>
    /// <exception cref="StoreException">The collection's name is not allowed, or the document is too large.</exception>
    /// <exception cref="StoreFullException">The disk is full.</exception>
    public void Put(string collection, string id, ReadOnlySpan<byte> json) => PutAll(collection, [new(id, json.ToArray())]);

    /// <summary>Stores documents, each in the place of the one of its id; all durable when it returns, for the price of
    /// one.</summary>
    /// <param name="collection">Where to.</param>
    /// <param name="documents">Ids and contents; kept, not to be changed any more.</param>
    /// <exception cref="StoreException">The collection's name is not allowed, or a document is too large.</exception>
    /// <exception cref="StoreFullException">The disk is full; some may be stored.</exception>
    public void PutAll(string collection, IReadOnlyList<KeyValuePair<string, byte[]>> documents)
    {
        foreach ((string id, byte[] json) in documents)
        {
            if (json.Length > MaxDocumentBytes)
            {
                throw new StoreException(
                    "document_too_large", $"document '{id}' has {json.Length} bytes, at most {MaxDocumentBytes} are allowed");
            }
        }

        DocumentLog log = Collection(collection);
        lock (log)
        {
            try
            {
                log.Write(documents, []);
            }
            catch (IOException exception) when (DiskFull.Is(exception))
            {
                throw new StoreFullException($"the disk is full: {documents.Count} documents were not stored", exception);
            }
        }
    }

    /// <summary>Stores a document as <see cref="Put"/> does; those of callers at the same time are synced together.</summary>
    /// <param name="collection">Where to.</param>
    /// <param name="id">Its id.</param>
    /// <param name="json">Its content; kept, not to be changed any more.</param>
    public Task PutAsync(string collection, string id, byte[] json) =>
        _groups.GetOrAdd(collection, name => new GroupCommit(documents => PutAll(name, documents))).PutAsync(id, json);

    /// <summary>Removes a document; false where there is none. Durable when it returns.</summary>
    public bool Delete(string collection, string id)
    {
        DocumentLog log = Collection(collection);
        lock (log)
        {
            if (!log.Documents.ContainsKey(id))
            {
                return false;
            }

            log.Write([], [id]);
            return true;
        }
    }

    /// <summary>A document, or null; the caller must not change it.</summary>
    public byte[]? Get(string collection, string id)
    {
        DocumentLog log = Collection(collection);
        lock (log)
        {
            return log.Documents.GetValueOrDefault(id);
        }
    }

    /// <summary>All documents of a collection, by id; the caller must not change them.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> List(string collection)
    {
        DocumentLog log = Collection(collection);
        lock (log)
        {
            return [.. log.Documents];
        }
    }

    private DocumentLog Collection(string name)
    {
        Names.CheckCollection(name);
        return _collections.GetOrAdd(name, key => new Lazy<DocumentLog>(
            () => DocumentLog.Open(_files, Path.Combine(_directory, key), _notice))).Value;
    }
}
