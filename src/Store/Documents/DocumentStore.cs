namespace Bongsu.Store.Documents;

/// <summary>Small durable JSON documents of one tenant (saved queries, alert state, keys), by collection and id.</summary>
public sealed class DocumentStore
{
    /// <summary>Stores a document, in the place of the one of that id; durable when it returns.</summary>
    public void Put(string collection, string id, ReadOnlySpan<byte> json) => throw Missing();

    /// <summary>Removes a document; false where there is none. Durable when it returns.</summary>
    public bool Delete(string collection, string id) => throw Missing();

    /// <summary>A document, or null.</summary>
    public byte[]? Get(string collection, string id) => throw Missing();

    /// <summary>All documents of a collection, by id.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> List(string collection) => throw Missing();

    private static NotSupportedException Missing() => new("documents are not stored yet");
}
