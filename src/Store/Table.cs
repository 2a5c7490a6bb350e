using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Files;
using Bongsu.Store.Head;
using Bongsu.Store.Manifests;
using Bongsu.Store.Merging;
using Bongsu.Store.Parts;
using Bongsu.Store.Scan;
using Bongsu.Store.Schemas;

namespace Bongsu.Store;

/// <summary>A table of one tenant. All members may be called from any thread.</summary>
public sealed class Table
{
    private readonly Database _database;
    private readonly IFileSystem _files;
    private readonly Lock _gate = new();
    private readonly Lock _cutGate = new();
    private readonly Lock _mergeGate = new();
    private readonly TableHead _head = new();
    private readonly TableParts _parts;
    private readonly HashSet<string> _inexactInReal = new(StringComparer.Ordinal);
    private Schema _schema;
    private bool _isDropped;

    internal Table(Database database, IFileSystem files, string directory, Manifest manifest)
    {
        _database = database;
        _files = files;
        Id = manifest.TableId;
        Directory = directory;
        Tenant = manifest.Tenant;
        Name = manifest.Name;
        _schema = manifest.Schema;
        _parts = new TableParts(files, directory, manifest, () => Schema, database.Decoded, database.Options.Notice);
        Templates = new TableTemplates(files, directory, database.Options.Notice);
    }

    /// <summary>The tenant it belongs to.</summary>
    public string Tenant { get; }

    /// <summary>Its name; case-sensitive.</summary>
    public string Name { get; }

    /// <summary>The visible columns at this moment; they grow and widen, and never go.</summary>
    public Schema Schema => Volatile.Read(ref _schema);

    internal long Id { get; }

    internal TableTemplates Templates { get; }

    internal string Directory { get; }

    /// <summary>Rows of the log up to here are in parts.</summary>
    internal long FlushedSequence => _parts.FlushedSequence;

    internal bool IsDropped => Volatile.Read(ref _isDropped);

    internal Part[] Parts => _parts.Current;

    /// <summary>Stores rows; durable when it completes.</summary>
    /// <param name="batch">
    /// Any columns, among them <c>timestamp:datetime</c> without nulls. New columns, and columns of another type, widen
    /// the table.
    /// The vectors are kept and must not change.
    /// </param>
    /// <param name="options">Keys against repeats, and the source.</param>
    /// <param name="cancellationToken">Heeded until the batch is on its way to the disk.</param>
    /// <exception cref="StoreException">The batch cannot be stored in this table.</exception>
    /// <exception cref="StoreFullException">The disk is full.</exception>
    /// <exception cref="StoreBusyException">The memory budget is used up.</exception>
    public Task<AppendResult> AppendAsync(Batch batch, AppendOptions options, CancellationToken cancellationToken)
    {
        CheckBatch(batch, options);
        return _database.Appends.AppendAsync(this, batch, options, cancellationToken);
    }

    /// <summary>Splits messages into templates ahead of <see cref="AppendAsync"/>, which else does it.</summary>
    /// <param name="messages">Lent for the call.</param>
    public StringVector SplitMessages(StringVector messages) => Templates.Split(messages);

    /// <summary>The rows as they are now.</summary>
    public TableSnapshot Snapshot()
    {
        lock (_gate)
        {
            return new TableSnapshot(Name, _schema, _parts.Current, _head.ToArray());
        }
    }

    /// <summary>Row counts and sizes as they are now.</summary>
    public TableStatistics Statistics()
    {
        lock (_gate)
        {
            Part[] parts = _parts.Current;
            HeadChunk[] chunks = _head.ToArray();
            long[] minimums = [.. parts.Select(part => part.MinTicks), .. chunks.Select(chunk => chunk.MinTicks)];
            long[] maximums = [.. parts.Select(part => part.MaxTicks), .. chunks.Select(chunk => chunk.MaxTicks)];
            return new TableStatistics(
                parts.Sum(part => part.RowCount) + _head.RowCount,
                _head.RowCount,
                _head.SizeBytes,
                parts.Length,
                parts.Sum(part => part.SizeBytes),
                minimums.Length == 0 ? null : minimums.Min(),
                maximums.Length == 0 ? null : maximums.Max(),
                _parts.DamagedCount);
        }
    }

    /// <summary>What each column takes in the parts as they are now; rows of the head are in no figure.</summary>
    public IReadOnlyList<ColumnStatistics> ColumnStatistics() => ColumnSizes.Of(_parts.Current, Schema);

    /// <summary>Cuts the head into parts.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) => Task.Run(Cut, cancellationToken);

    /// <summary>Merges parts until no merge is due.</summary>
    public Task MergeAsync(CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            while (MergeOnce(cancellationToken))
            {
            }
        },
        cancellationToken);

    /// <summary>Widens the schema so that it holds a batch's rows.</summary>
    internal void WidenFor(Batch batch)
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

    /// <summary>Makes rows visible; in the order of the log.</summary>
    internal (long SizeBytes, bool WasEmpty) Add(HeadChunk chunk)
    {
        lock (_gate)
        {
            bool wasEmpty = _head.RowCount == 0;
            _head.Add(chunk);
            return (_head.SizeBytes, wasEmpty);
        }
    }

    /// <summary>Puts small chunks of the head together.</summary>
    internal void CompactHead()
    {
        HeadChunk[]? run;
        Schema schema;
        lock (_gate)
        {
            run = _head.BeginCompaction();
            schema = _schema;
        }

        if (run is null)
        {
            return;
        }

        HeadChunk? joined = null;
        try
        {
            joined = TableHead.Join(run, schema);
        }
        finally
        {
            lock (_gate)
            {
                if (joined is null)
                {
                    _head.AbandonCompaction();
                }
                else
                {
                    _database.HeadBudget.Change(_head.EndCompaction(run, joined));
                }
            }
        }
    }

    internal (long SizeBytes, long? OldestTicks) HeadState()
    {
        lock (_gate)
        {
            return (_head.SizeBytes, _head.OldestIngestedTicks);
        }
    }

    /// <summary>Writes all rows of the head as parts; on failure they stay in the head.</summary>
    internal void Cut()
    {
        lock (_cutGate)
        {
            HeadChunk[] chunks;
            Schema schema;
            lock (_gate)
            {
                chunks = _head.BeginCut();
                schema = _schema;
            }

            if (chunks.Length > 0 && !IsDropped)
            {
                Cut(chunks, schema);
            }
        }
    }

    /// <summary>Does one merge, if one is due.</summary>
    internal bool MergeOnce(CancellationToken cancellationToken)
    {
        lock (_mergeGate)
        {
            IReadOnlyList<Part> inputs = MergePolicy.Choose(_parts.Current, _database.Options.MergeFanIn, _database.Options.MaxPartRows);
            if (inputs.Count == 0 || IsDropped)
            {
                return false;
            }

            string path = _parts.NextPath();
            try
            {
                PartMerger.Merge(inputs, _files, path, Schema, _database.Options.BlockRows, cancellationToken);
            }
            catch (Core.Encodings.CorruptDataException exception)
            {
                // The message names the part; it is set aside and the next merge goes without it.
                Part damaged = inputs.FirstOrDefault(input => exception.Message.Contains(input.Path, StringComparison.Ordinal)) ?? inputs[0];
                damaged.TrySetAside(exception);
                return true;
            }

            return _parts.Replace([.. inputs], [path]);
        }
    }

    /// <summary>Drops whole parts.</summary>
    internal void Drop(IReadOnlyCollection<Part> parts) => _parts.Replace(parts, []);

    /// <summary>Gives the memory of a dropped table's head back.</summary>
    internal void DropHead()
    {
        lock (_cutGate)
        {
            lock (_gate)
            {
                _head.BeginCut();
                _database.HeadBudget.Change(-_head.EndCut(isDone: true));
            }
        }
    }

    internal void MarkDropped() => Volatile.Write(ref _isDropped, true);

    internal void Close() => _parts.Close();

    private void Cut(HeadChunk[] chunks, Schema schema)
    {
        bool isDone = false;
        try
        {
            Templates.SaveNews(_files, Directory);
            List<string> paths = PartCutter.Cut(_files, chunks, schema, _parts.NextPath, _database.Options.BlockRows);
            _parts.Replace([], paths, chunks[^1].LastSequence, show =>
            {
                // In one step the rows leave the head and the parts appear: no snapshot sees both, or neither.
                lock (_gate)
                {
                    show();
                    isDone = true;
                    _database.HeadBudget.Change(-_head.EndCut(isDone: true));
                }
            });
        }
        finally
        {
            if (!isDone)
            {
                lock (_gate)
                {
                    _head.EndCut(isDone: false);
                }
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

    private bool IsExactInReal(string column) =>
        !_inexactInReal.Contains(column) && Array.TrueForAll(_parts.Current, part => ChunkSummary.IsExactInReal(part.Footer.Find(column)));

    private static void CheckBatch(Batch batch, AppendOptions options)
    {
        if (batch.Find(SystemColumns.Timestamp) is not FixedVector<long> { Type: ScalarType.DateTime, HasNulls: false })
        {
            throw new StoreException("invalid_batch", "the batch has no column timestamp:datetime without nulls");
        }

        if (options.RowKeys is { } keys && keys.Length != batch.RowCount)
        {
            throw new StoreException("invalid_batch", $"{keys.Length} row keys for {batch.RowCount} rows");
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
