using System.Collections.Concurrent;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Backups;
using Bongsu.Store.Documents;
using Bongsu.Store.Head;

namespace Bongsu.Store;

/// <summary>All tables of all tenants in one data directory. All members may be called from any thread.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Tenant, string Name), Table> _tables = new();
    private readonly TimeProvider _time;
    private readonly Lock _commit = new();
    private long _sequence;
    private long _schemaVersion;

    private Database(StoreOptions options, TimeProvider time)
    {
        Options = options;
        _time = time;
    }

    /// <summary>
    /// Told of every batch once it is durable, in the order of the log, on the committing path: take it and return at once.
    /// </summary>
    public event Action<CommittedBatch>? Committed;

    /// <summary>What it was opened with.</summary>
    public StoreOptions Options { get; }

    /// <summary>Rises at every change of a column or table.</summary>
    public long SchemaVersion => Interlocked.Read(ref _schemaVersion);

    /// <summary>Sequence of the last durable batch; 0 where there was none.</summary>
    public long LastSequence => Interlocked.Read(ref _sequence);

    /// <summary>Earliest sequence still in the log: <see cref="ReadLogAsync"/> can go back no further.</summary>
    public long FirstLoggedSequence => 1;

    /// <summary>Opens (or makes) a data directory and brings back every acknowledged row.</summary>
    /// <exception cref="StoreException">The directory is in use by another process (<c>locked</c>), or is not ours.</exception>
    public static Task<Database> OpenAsync(StoreOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        Task.FromResult(new Database(options, time));

    /// <summary>The table, made where it is missing.</summary>
    /// <exception cref="StoreException">A name is not allowed (<c>invalid_name</c>), or there are too many tables.</exception>
    public Table GetOrCreateTable(string tenant, string name)
    {
        Names.CheckTenant(tenant);
        Names.CheckTable(name);
        return _tables.GetOrAdd((tenant, name), key => new Table(this, key.Tenant, key.Name));
    }

    /// <summary>The table, or null.</summary>
    public Table? FindTable(string tenant, string name) => _tables.GetValueOrDefault((tenant, name));

    /// <summary>A tenant's tables, by name.</summary>
    public IReadOnlyList<Table> Tables(string tenant) =>
        [.. _tables.Values.Where(table => table.Tenant == tenant).OrderBy(table => table.Name, StringComparer.Ordinal)];

    /// <summary>The tenants that have tables, by name.</summary>
    public IReadOnlyList<string> Tenants() =>
        [.. _tables.Keys.Select(key => key.Tenant).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Removes a table and its rows; false where there is none.</summary>
    public Task<bool> DropTableAsync(string tenant, string name, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("tables cannot be dropped yet");

    /// <summary>Small durable documents of a tenant.</summary>
    public DocumentStore Documents(string tenant) => throw new NotSupportedException("documents are not stored yet");

    /// <summary>
    /// The batches in the log after a sequence, in order, up to the last durable one when reading began. Starts at
    /// <see cref="FirstLoggedSequence"/> where that is later.
    /// </summary>
    public IAsyncEnumerable<CommittedBatch> ReadLogAsync(long afterSequence, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("the log is not written yet");

    /// <summary>
    /// Keeps the log after a sequence for <see cref="ReadLogAsync"/>, up to <see cref="StoreOptions.MaxLogLagBytes"/>. Remembered
    /// across restarts, with a small delay.
    /// </summary>
    public void SetStreamCheckpoint(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
    }

    /// <summary>Copies a consistent snapshot of everything into a new directory while reads and writes go on.</summary>
    public Task<BackupReport> BackupAsync(string directory, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("backups are not written yet");

    /// <summary>Makes a data directory of a backup.</summary>
    public static Task<BackupReport> RestoreAsync(string backupDirectory, string dataDirectory, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("backups are not written yet");

    /// <summary>Restores a backup into a scratch directory, reads every byte, counts rows per table, and removes the scratch directory.</summary>
    public static Task<BackupReport> VerifyAsync(string backupDirectory, string scratchDirectory, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("backups are not written yet");

    /// <summary>Finishes what was begun and closes all files. What was acknowledged is on disk already.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal void NoteSchemaChange() => Interlocked.Increment(ref _schemaVersion);

    internal AppendResult Commit(Table table, Batch batch, AppendOptions options)
    {
        lock (_commit)
        {
            long sequence = _sequence + 1;
            long ticks = _time.GetUtcNow().UtcTicks;
            table.Add(new HeadChunk(
                batch,
                FixedVector<long>.Constant(ScalarType.DateTime, ticks, isNull: false, batch.RowCount),
                (StringVector)Vector.Constant(Scalar.Of(options.SourceId), batch.RowCount),
                sequence,
                ticks));
            _sequence = sequence;
            Committed?.Invoke(new CommittedBatch(table, batch, options.SourceId, sequence, ticks));
            return new AppendResult(sequence, WasDuplicate: false);
        }
    }
}
