using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Head;
using Bongsu.Store.Scan;
using Bongsu.Store.Schemas;

namespace Bongsu.Store;

/// <summary>A table of one tenant. All members may be called from any thread.</summary>
public sealed class Table
{
    private readonly Database _database;
    private readonly Lock _gate = new();
    private readonly TableHead _head = new();
    private readonly HashSet<string> _inexactInReal = new(StringComparer.Ordinal);
    private Schema _schema = new([new Column(SystemColumns.Timestamp, ScalarType.DateTime)]);

    internal Table(Database database, string tenant, string name)
    {
        _database = database;
        Tenant = tenant;
        Name = name;
    }

    /// <summary>The tenant it belongs to.</summary>
    public string Tenant { get; }

    /// <summary>Its name; case-sensitive.</summary>
    public string Name { get; }

    /// <summary>The visible columns at this moment; they grow and widen, and never go.</summary>
    public Schema Schema => Volatile.Read(ref _schema);

    /// <summary>Stores rows; durable when it completes.</summary>
    /// <param name="batch">
    /// Any columns, among them <c>timestamp:datetime</c> without nulls. New columns, and columns of another type, widen the table.
    /// The vectors are kept and must not change.
    /// </param>
    /// <param name="options">Keys against repeats, and the source.</param>
    /// <param name="cancellationToken">Heeded until the batch is on its way to the disk.</param>
    /// <exception cref="StoreException">The batch cannot be stored in this table.</exception>
    /// <exception cref="StoreFullException">The disk is full.</exception>
    /// <exception cref="StoreBusyException">The memory budget is used up.</exception>
    public Task<AppendResult> AppendAsync(Batch batch, AppendOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CheckBatch(batch);
        WidenFor(batch);
        return Task.FromResult(_database.Commit(this, batch, options));
    }

    /// <summary>The rows as they are now.</summary>
    public TableSnapshot Snapshot()
    {
        lock (_gate)
        {
            return new TableSnapshot(Name, _schema, [], _head.ToArray());
        }
    }

    /// <summary>Row counts and sizes as they are now.</summary>
    public TableStatistics Statistics()
    {
        lock (_gate)
        {
            HeadChunk[] chunks = _head.ToArray();
            return new TableStatistics(
                _head.RowCount,
                _head.RowCount,
                _head.SizeBytes,
                0,
                0,
                chunks.Length == 0 ? null : chunks.Min(chunk => chunk.MinTicks),
                chunks.Length == 0 ? null : chunks.Max(chunk => chunk.MaxTicks),
                0);
        }
    }

    /// <summary>Cuts the head into parts.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("parts are not written yet");

    /// <summary>Merges parts until no merge is due.</summary>
    public Task MergeAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("parts are not written yet");

    internal void Add(HeadChunk chunk)
    {
        lock (_gate)
        {
            _head.Add(chunk);
        }
    }

    private void WidenFor(Batch batch)
    {
        lock (_gate)
        {
            NoteInexact(batch);
            Schema widened = SchemaWidening.Widen(_schema, batch, _database.Options.MaxColumns, IsExactInReal);
            if (!ReferenceEquals(widened, _schema))
            {
                Volatile.Write(ref _schema, widened);
                _database.NoteSchemaChange();
            }
        }
    }

    // Batches on their way to the head count too: a later batch must not widen their column to real.
    private void NoteInexact(Batch batch)
    {
        for (int column = 0; column < batch.Schema.Count; column++)
        {
            if (batch.Schema[column] is { Type: ScalarType.Long } known &&
                !_inexactInReal.Contains(known.Name) && !SchemaWidening.IsExactInReal(batch[column]))
            {
                _inexactInReal.Add(known.Name);
            }
        }
    }

    private bool IsExactInReal(string column) => !_inexactInReal.Contains(column);

    private static void CheckBatch(Batch batch)
    {
        if (batch.Find(SystemColumns.Timestamp) is not FixedVector<long> { Type: ScalarType.DateTime, HasNulls: false })
        {
            throw new StoreException("invalid_batch", "the batch has no column timestamp:datetime without nulls");
        }

        foreach (Column column in batch.Schema.Columns)
        {
            if (SystemColumns.IsReserved(column.Name))
            {
                throw new StoreException("invalid_batch", $"the column name '{column.Name}' is reserved");
            }
        }
    }
}
