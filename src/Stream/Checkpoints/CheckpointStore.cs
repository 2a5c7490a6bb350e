using Bongsu.Store.Documents;

namespace Bongsu.Stream.Checkpoints;

/// <summary>
/// State of queries and clocks as documents. A query's document holds the log position it is of; the clocks' document
/// is
/// written last and holds for every query that did not change since its own was written.
/// </summary>
internal sealed class CheckpointStore
{
    private const string QueryCollection = "stream-queries";
    private const string ClockCollection = "stream-clocks";
    private const string ClockId = "all";
    private const int ClockVersion = 1;

    private readonly DocumentStore _documents;

    public CheckpointStore(DocumentStore documents)
    {
        _documents = documents;
    }

    /// <summary>Writes queries together; durable when it returns.</summary>
    public void Save(IReadOnlyList<ContinuousQuery> queries, long sequence)
    {
        var documents = new KeyValuePair<string, byte[]>[queries.Count];
        for (int query = 0; query < documents.Length; query++)
        {
            ContinuousQuery saved = queries[query];
            documents[query] = new(IdOf(saved.Name), StateDocument.Pack(writer => saved.Write(writer, sequence)));
        }

        _documents.PutAll(QueryCollection, documents);
        foreach (ContinuousQuery query in queries)
        {
            query.IsDirty = false;
        }
    }

    /// <summary>Forgets a query.</summary>
    public void Forget(string name) => _documents.Delete(QueryCollection, IdOf(name));

    /// <summary>Restores a query that was bound before; false where there is nothing that fits but the consumer's
    /// state.</summary>
    /// <exception cref="InvalidDataException">The document is damaged.</exception>
    public bool TryLoad(ContinuousQuery query)
    {
        if (_documents.Get(QueryCollection, IdOf(query.Name)) is not { } json)
        {
            return false;
        }

        using BinaryReader reader = StateDocument.Unpack(json);
        return query.Read(reader);
    }

    /// <summary>Writes the clocks: everything up to their log position is in this checkpoint.</summary>
    /// <param name="clocks">Of <see cref="PackClocks"/>.</param>
    public void SaveClocks(byte[] clocks) => _documents.Put(ClockCollection, ClockId, clocks);

    /// <summary>The clocks as they are now, to be written once all queries that changed before are.</summary>
    public static byte[] PackClocks(IEnumerable<TableFlow> flows, long sequence) =>
        StateDocument.Pack(writer =>
        {
            writer.Write(ClockVersion);
            writer.Write(sequence);
            TableFlow[] all = [.. flows];
            writer.Write(all.Length);
            foreach (TableFlow flow in all)
            {
                writer.Write(flow.Table);
                flow.Write(writer);
            }
        });

    /// <summary>Restores the clocks.</summary>
    /// <param name="flowOf">The flow of a table.</param>
    /// <param name="restartTicks">Wall clock.</param>
    /// <returns>The log position; null where there is no checkpoint.</returns>
    /// <exception cref="InvalidDataException">The document is damaged, or of another version.</exception>
    public long? LoadClocks(Func<string, TableFlow> flowOf, long restartTicks)
    {
        if (_documents.Get(ClockCollection, ClockId) is not { } json)
        {
            return null;
        }

        using BinaryReader reader = StateDocument.Unpack(json);
        int version = reader.ReadInt32();
        if (version != ClockVersion)
        {
            throw new InvalidDataException($"stream clocks of version {version}, expected {ClockVersion}");
        }

        long sequence = reader.ReadInt64();
        int count = reader.ReadInt32();
        for (int flow = 0; flow < count; flow++)
        {
            flowOf(reader.ReadString()).Read(reader, restartTicks);
        }

        return sequence;
    }

    // Names of rules may hold characters that ids may not.
    private static string IdOf(string name) => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(name));
}
