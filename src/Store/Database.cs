using System.Runtime.CompilerServices;
using Bongsu.Store.Backups;
using Bongsu.Store.Documents;
using Bongsu.Store.Files;
using Bongsu.Store.Head;
using Bongsu.Store.Keys;
using Bongsu.Store.Parts;
using Bongsu.Store.Wal;

namespace Bongsu.Store;

/// <summary>All tables of all tenants in one data directory. All members may be called from any thread.</summary>
public sealed class Database : IAsyncDisposable
{
    private const int MinSegmentBytes = 1 << 20;
    private const int MaxSegmentBytes = 64 << 20;
    private const int SegmentDiskShare = 64;

    private readonly IFileSystem _files;
    private readonly IDisposable _lock;
    private readonly TableCatalog _catalog;
    private readonly KeyMemory _keys;
    private readonly LogFiles _logFiles;
    private readonly WriteAheadLog _log;
    private readonly LogTrimmer _trimmer;
    private readonly StreamCheckpoint _checkpoint;
    private readonly Maintenance _maintenance;
    private readonly Dictionary<string, DocumentStore> _documents = new(StringComparer.Ordinal);
    private readonly Lock _commitGate = new();
    private long _schemaVersion;
    private int _isClosed;

    private Database(StoreOptions options, TimeProvider time, IFileSystem files, IDisposable directoryLock)
    {
        Options = options;
        _files = files;
        _lock = directoryLock;
        // Versions of an earlier run must not come again: it rises from the time of opening.
        _schemaVersion = time.GetUtcNow().ToUnixTimeSeconds();
        var space = new DiskSpace(files, options.DataDirectory, time, options.ReserveBytes);
        long segmentBytes = options.LogSegmentBytes > 0
            ? options.LogSegmentBytes
            : Math.Clamp(space.TotalBytes / SegmentDiskShare, MinSegmentBytes, MaxSegmentBytes);
        Decoded = new DecodedCache(options.DecodedCacheBytes);
        HeadBudget = new HeadBudget(time, options.HeadBudgetBytes, options.BusyWait);
        _keys = new KeyMemory(options.KeyMemory, options.MaxRememberedKeys, options.Notice);
        var keyFiles = new KeyFiles(files, Path.Combine(options.DataDirectory, DataLayout.Keys));
        keyFiles.Load(_keys, options.Notice);
        _catalog = new TableCatalog(this, files, options);
        files.CreateDirectory(Path.Combine(options.DataDirectory, DataLayout.Log));
        _logFiles = new LogFiles(files, Path.Combine(options.DataDirectory, DataLayout.Log));
        _checkpoint = new StreamCheckpoint(files, options.DataDirectory, options.Notice);
        RecoveredLog recovered = LogRecovery.Run(files, _logFiles, _catalog.MaxFlushedSequence, Replay, options.Notice);
        _log = new WriteAheadLog(_logFiles, time, segmentBytes, recovered);
        _trimmer = new LogTrimmer(_log, _logFiles, keyFiles, _checkpoint, _catalog.FlushedSequenceOf, options);
        Appends = new AppendPath(HeadBudget, space, _keys, _log, Publish);
        _maintenance = new Maintenance(
            options,
            time,
            () => _catalog.All,
            new MaintenanceParts(HeadBudget, space, _keys, keyFiles, _log, _logFiles, _trimmer, segmentBytes));
        _keys.Forget(time.GetUtcNow().UtcTicks);
        if (options.Background)
        {
            _maintenance.Start();
        }
    }

    /// <summary>
    /// Told of every batch once it is durable and visible, in the order of the log, on the committing path: take it and
    /// return at once.
    /// </summary>
    public event Action<CommittedBatch>? Committed;

    /// <summary>What it was opened with.</summary>
    public StoreOptions Options { get; }

    /// <summary>Rises at every change of a column or table.</summary>
    public long SchemaVersion => Interlocked.Read(ref _schemaVersion);

    /// <summary>Sequence of the last durable batch; 0 where there was none.</summary>
    public long LastSequence => _log.LastSequence;

    /// <summary>Syncs of the log since the start; one makes many waiting batches durable.</summary>
    public long LogSyncCount => _log.SyncCount;

    /// <summary>Earliest sequence still in the log: <see cref="ReadLogAsync"/> can go back no further.</summary>
    public long FirstLoggedSequence => _log.Segments() is [var oldest, ..] ? oldest.FirstSequence : LastSequence + 1;

    /// <summary>The sequence given to <see cref="SetStreamCheckpoint"/> last, also before a restart; null where there
    /// was none.</summary>
    public long? StreamCheckpoint => _checkpoint.Sequence == long.MaxValue ? null : _checkpoint.Sequence;

    internal AppendPath Appends { get; }

    internal HeadBudget HeadBudget { get; }

    /// <summary>Dictionaries of parts that were read last.</summary>
    internal DecodedCache Decoded { get; }

    /// <summary>Opens (or makes) a data directory and brings back every acknowledged row.</summary>
    /// <param name="options">Where, and what it may use.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Heeded before work begins.</param>
    /// <param name="files">The disk; null = the machine's.</param>
    /// <exception cref="StoreException">The directory is in use by another process (<c>locked</c>).</exception>
    public static Task<Database> OpenAsync(
        StoreOptions options,
        TimeProvider time,
        CancellationToken cancellationToken,
        IFileSystem? files = null) => Task.Run(() => Open(options, time, files ?? new LocalFileSystem()), cancellationToken);

    /// <summary>The table, made where it is missing.</summary>
    /// <exception cref="StoreException">A name is not allowed (<c>invalid_name</c>), or there are too many
    /// tables.</exception>
    /// <exception cref="StoreFullException">The disk is full.</exception>
    public Table GetOrCreateTable(string tenant, string name) => _catalog.GetOrCreate(tenant, name);

    /// <summary>The table, or null.</summary>
    public Table? FindTable(string tenant, string name) => _catalog.Find(tenant, name);

    /// <summary>A tenant's tables, by name.</summary>
    public IReadOnlyList<Table> Tables(string tenant) =>
        [.. _catalog.All.Where(table => table.Tenant == tenant).OrderBy(table => table.Name, StringComparer.Ordinal)];

    /// <summary>The tenants that have tables, by name.</summary>
    public IReadOnlyList<string> Tenants() =>
        [.. _catalog.All.Select(table => table.Tenant).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Removes a table and its rows; false where there is none. Snapshots taken before stay whole.</summary>
    public Task<bool> DropTableAsync(string tenant, string name, CancellationToken cancellationToken = default) =>
        Task.Run(() => _catalog.Drop(tenant, name), cancellationToken);

    /// <summary>Small durable documents of a tenant.</summary>
    public DocumentStore Documents(string tenant)
    {
        Names.CheckTenant(tenant);
        lock (_documents)
        {
            if (!_documents.TryGetValue(tenant, out DocumentStore? store))
            {
                store = new DocumentStore(_files, DataLayout.DocumentsOf(Options.DataDirectory, tenant), Options.Notice);
                _documents.Add(tenant, store);
            }

            return store;
        }
    }

    /// <summary>
    /// The batches in the log after a sequence, in order, up to the last durable one when reading began. Starts at
    /// <see cref="FirstLoggedSequence"/> where that is later. Batches of dropped tables are left out.
    /// </summary>
    public async IAsyncEnumerable<CommittedBatch> ReadLogAsync(
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long lastSequence = LastSequence;
        _trimmer.AddReader();
        try
        {
            foreach (LogSegment segment in _log.Segments().Where(segment => segment.LastSequence > afterSequence))
            {
                await Task.Yield();
                using LogReader? reader = LogReader.TryOpen(_files, segment.Path, segment.Number);
                while (reader is not null && TryReadBatch(reader, lastSequence, out CommittedBatch? batch))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (batch is not null && batch.Sequence > afterSequence)
                    {
                        yield return batch;
                    }
                }
            }
        }
        finally
        {
            _trimmer.RemoveReader();
        }
    }

    /// <summary>
    /// Keeps the log after a sequence for <see cref="ReadLogAsync"/>, up to <see cref="StoreOptions.MaxLogLagBytes"/>;
    /// remembered
    /// across restarts. Durable when it returns, so call it every few seconds at most.
    /// </summary>
    public void SetStreamCheckpoint(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        _checkpoint.Set(sequence);
    }

    /// <summary>Copies a consistent snapshot of everything into a new directory while reads and writes go on.</summary>
    /// <exception cref="StoreException">The directory is not empty (<c>backup</c>).</exception>
    public Task<BackupReport> BackupAsync(string directory, CancellationToken cancellationToken = default) =>
        Task.Run(() => new BackupWriter(_files, Options, directory).Write(CaptureAll(), cancellationToken), cancellationToken);

    /// <summary>Makes a data directory of a backup.</summary>
    /// <exception cref="StoreException">There is no whole backup, or the data directory is not empty
    /// (<c>backup</c>).</exception>
    public static Task<BackupReport> RestoreAsync(
        string backupDirectory,
        string dataDirectory,
        CancellationToken cancellationToken = default) =>
        Task.Run(() => BackupReader.Restore(new LocalFileSystem(), backupDirectory, dataDirectory, cancellationToken), cancellationToken);

    /// <summary>Restores a backup into a scratch directory, reads every byte, counts rows per table, and removes the
    /// scratch directory.</summary>
    /// <exception cref="StoreException">The backup is not whole, or damaged; the message says where
    /// (<c>backup</c>).</exception>
    public static Task<BackupReport> VerifyAsync(
        string backupDirectory,
        string scratchDirectory,
        CancellationToken cancellationToken = default) =>
        Task.Run(() => BackupReader.VerifyAsync(new LocalFileSystem(), backupDirectory, scratchDirectory, cancellationToken), cancellationToken);

    /// <summary>Lets memory go that is kept for the next batches; for when none come.</summary>
    public void Trim() => Appends.Trim();

    /// <summary>Finishes what was begun and closes all files. What was acknowledged is on disk already.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        await _maintenance.DisposeAsync().ConfigureAwait(false);
        _log.Dispose();
        foreach (Table table in _catalog.All)
        {
            table.Close();
        }

        _lock.Dispose();
    }

    internal void NoteSchemaChange() => Interlocked.Increment(ref _schemaVersion);

    /// <summary>Cuts what is due, trims the log, merges and drops once; for tests without background work.</summary>
    internal void MaintainOnce()
    {
        _maintenance.CutDue();
        foreach (Table table in _catalog.All)
        {
            table.MergeOnce(CancellationToken.None);
        }

        _maintenance.ApplyRetention();
    }

    private static Database Open(StoreOptions options, TimeProvider time, IFileSystem files)
    {
        Core.Compression.Zstd.Probe();
        options = options with { DataDirectory = Path.GetFullPath(options.DataDirectory) };
        files.CreateDirectory(options.DataDirectory);
        IDisposable directoryLock = files.TryLock(Path.Combine(options.DataDirectory, DataLayout.Lock))
            ?? throw new StoreException("locked", $"the data directory {options.DataDirectory} is in use by another process");
        try
        {
            return new Database(options, time, files, directoryLock);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    // Rows of the log that are in no part go back to the head.
    private void Replay(LogEntry entry, LogRecordHeader header)
    {
        _keys.Restore(AppendPath.KeysOf(entry, header.Sequence, header.IngestedTicks));
        if (_catalog.Find(entry.TableId) is not { } table || header.Sequence <= table.FlushedSequence)
        {
            return;
        }

        table.WidenFor(entry.Batch);
        table.Templates.Learn(entry.Batch);
        HeadChunk chunk = AppendPath.MakeChunk(entry, header.Sequence, header.IngestedTicks);
        HeadBudget.Change(chunk.SizeBytes);
        table.Add(chunk);
        table.CompactHead();
    }

    // On the flusher's thread, in the order of the log.
    private void Publish(PendingRecord record, Table table, HeadChunk chunk)
    {
        bool isDue;
        lock (_commitGate)
        {
            // Rows and keys in one step: a backup has both or neither.
            (long sizeBytes, bool wasEmpty) = table.Add(chunk);
            if (record.Entry.BatchKey != default || record.Entry.RowKeys is not null)
            {
                _keys.Commit(AppendPath.KeysOf(record.Entry, record.Sequence, record.IngestedTicks));
            }

            isDue = wasEmpty || sizeBytes >= Options.CutBytes || HeadBudget.IsTight;
        }

        if (isDue)
        {
            _maintenance.Signal();
        }

        try
        {
            Committed?.Invoke(new CommittedBatch(
                table, record.Entry.Batch, record.Entry.SourceId, record.Sequence, record.IngestedTicks));
        }
        catch (Exception exception)
        {
            // The rows are stored: a listener's trouble must not reach the writer.
            Options.Notice?.Invoke(new StoreNotice(
                StoreNoticeLevel.Error, $"a listener failed on batch {record.Sequence}: {exception.Message}", exception));
        }
    }

    private bool TryReadBatch(LogReader reader, long lastSequence, out CommittedBatch? batch)
    {
        batch = null;
        if (!reader.TryRead(out LogRecordHeader header, out ReadOnlySpan<byte> body) || header.Sequence > lastSequence)
        {
            return false;
        }

        LogEntry entry = LogEntry.Decode(body);
        if (_catalog.Find(entry.TableId) is { } table)
        {
            batch = new CommittedBatch(table, entry.Batch, entry.SourceId, header.Sequence, header.IngestedTicks);
        }

        return true;
    }

    // All tables at one point of the log.
    private BackupContent CaptureAll()
    {
        lock (_commitGate)
        {
            return new BackupContent(LastSequence, [.. _catalog.All.Select(table => (table, table.Snapshot()))], _keys.Snapshot());
        }
    }
}
