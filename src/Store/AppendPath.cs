using System.Collections.Concurrent;
using Bongsu.Core.Batches;
using Bongsu.Core.Compression;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Files;
using Bongsu.Store.Head;
using Bongsu.Store.Keys;
using Bongsu.Store.Wal;

namespace Bongsu.Store;

/// <summary>The way of a batch from the caller to the log and into the head. Thread-safe.</summary>
internal sealed class AppendPath
{
    private const int MaxPooledBodies = 16;
    private const int MaxPooledBodyBytes = 8 << 20;

    private readonly HeadBudget _budget;
    private readonly DiskSpace _space;
    private readonly KeyMemory _keys;
    private readonly WriteAheadLog _log;
    private readonly Action<PendingRecord, Table, HeadChunk> _committed;
    private readonly ConcurrentQueue<ByteWriter> _bodies = new();

    public AppendPath(
        HeadBudget budget,
        DiskSpace space,
        KeyMemory keys,
        WriteAheadLog log,
        Action<PendingRecord, Table, HeadChunk> committed)
    {
        _budget = budget;
        _space = space;
        _keys = keys;
        _log = log;
        _committed = committed;
    }

    public async Task<AppendResult> AppendAsync(Table table, Batch batch, AppendOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (batch.RowCount == 0)
        {
            return new AppendResult(_log.LastSequence, WasDuplicate: false);
        }

        if (_space.IsFull)
        {
            throw new StoreFullException(
                $"{_space.FreeBytes} bytes are free on the disk, of which {_space.ReserveBytes} are kept: the batch was not stored");
        }

        long sizeBytes = BatchSize.Of(batch);
        await _budget.TakeAsync(sizeBytes, cancellationToken).ConfigureAwait(false);
        bool isStored = false;
        try
        {
            AppendResult result = await AppendReservedAsync(table, batch, options, sizeBytes, cancellationToken).ConfigureAwait(false);
            isStored = !result.WasDuplicate && result.Sequence > 0;
            return result;
        }
        finally
        {
            if (!isStored)
            {
                _budget.Change(-sizeBytes);
            }
        }
    }

    private async Task<AppendResult> AppendReservedAsync(
        Table table,
        Batch batch,
        AppendOptions options,
        long sizeBytes,
        CancellationToken cancellationToken)
    {
        UInt128 batchKey = options.IdempotencyKey is { } key ? KeyHash.OfBatch(table.Id, key) : default;
        UInt128[]? rowKeys = options.RowKeys is { } keys ? HashRows(table.Id, keys) : null;
        if (batchKey == default && rowKeys is null)
        {
            long sequence = await WriteAsync(table, batch, options.SourceId, default, null, sizeBytes).ConfigureAwait(false);
            return new AppendResult(sequence, WasDuplicate: false);
        }

        var owner = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        KeyReservation reservation;
        while ((reservation = _keys.Reserve(batchKey, rowKeys, owner.Task)).WaitFor is { } first)
        {
            await first.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        if (reservation.KnownSequence is { } known)
        {
            return new AppendResult(known, WasDuplicate: true);
        }

        try
        {
            return await WriteKeyedAsync(table, batch, options, batchKey, rowKeys, reservation.DuplicateRows, sizeBytes).ConfigureAwait(false);
        }
        finally
        {
            // Whoever waits looks again: by now the keys are remembered, or given up.
            owner.SetResult();
        }
    }

    private async Task<AppendResult> WriteKeyedAsync(
        Table table,
        Batch batch,
        AppendOptions options,
        UInt128 batchKey,
        UInt128[]? rowKeys,
        List<int>? duplicates,
        long sizeBytes)
    {
        Bitmap? duplicateRows = null;
        if (duplicates is not null)
        {
            duplicateRows = new Bitmap(batch.RowCount);
            duplicates.ForEach(row => duplicateRows[row] = true);
            Bitmap kept = Bitmap.AllSet(batch.RowCount);
            duplicates.ForEach(row => kept[row] = false);
            int[] rows = kept.ToSelection();
            batch = batch.Gather(rows);
            rowKeys = Array.ConvertAll(rows, row => rowKeys![row]);
        }

        UInt128[] reserved = [batchKey, .. rowKeys ?? []];
        if (batch.RowCount == 0)
        {
            _keys.Release(reserved);
            return new AppendResult(0, WasDuplicate: false, duplicateRows);
        }

        try
        {
            long sequence = await WriteAsync(table, batch, options.SourceId, batchKey, rowKeys, sizeBytes).ConfigureAwait(false);
            return new AppendResult(sequence, WasDuplicate: false, duplicateRows);
        }
        catch
        {
            _keys.Release(reserved);
            throw;
        }
    }

    private async Task<long> WriteAsync(
        Table table,
        Batch batch,
        string sourceId,
        UInt128 batchKey,
        UInt128[]? rowKeys,
        long sizeBytes)
    {
        if (table.IsDropped)
        {
            throw new StoreException("table_dropped", $"table '{table.Name}' was dropped");
        }

        batch = table.Templates.Split(batch);
        table.WidenFor(batch);
        var entry = new LogEntry(table.Id, sourceId, batchKey, rowKeys, batch);
        ByteWriter body = _bodies.TryDequeue(out ByteWriter? pooled) ? pooled : new ByteWriter();
        entry.Encode(body);
        if (body.Length > LogFormat.MaxBodyBytes)
        {
            throw new StoreException(
                "invalid_batch", $"the batch takes {body.Length} bytes in the log, at most {LogFormat.MaxBodyBytes} are allowed");
        }

        var record = new PendingRecord(entry, body, Crc32C.Compute(body.Written), done => Publish(done, table, sizeBytes));
        _log.Append(record);
        await record.Done.Task.ConfigureAwait(false);
        if (body.Length <= MaxPooledBodyBytes && _bodies.Count < MaxPooledBodies)
        {
            body.Clear();
            _bodies.Enqueue(body);
        }

        table.CompactHead();
        return record.Sequence;
    }

    /// <summary>Lets memory go that is kept for the next batches.</summary>
    public void Trim() => _bodies.Clear();

    // On the flusher's thread, in the order of the log.
    private void Publish(PendingRecord record, Table table, long takenBytes)
    {
        HeadChunk chunk = MakeChunk(record.Entry, record.Sequence, record.IngestedTicks);
        _budget.Change(chunk.SizeBytes - takenBytes);
        _committed(record, table, chunk);
    }

    public static HeadChunk MakeChunk(LogEntry entry, long sequence, long ingestedTicks) => new(
        entry.Batch,
        FixedVector<long>.Constant(ScalarType.DateTime, ingestedTicks, isNull: false, entry.Batch.RowCount),
        Vector.Constant(Scalar.Of(entry.SourceId), entry.Batch.RowCount),
        sequence,
        ingestedTicks);

    public static RememberedKey[] KeysOf(LogEntry entry, long sequence, long ingestedTicks) =>
    [
        .. new[] { entry.BatchKey }.Concat(entry.RowKeys ?? [])
            .Where(hash => hash != default)
            .Select(hash => new RememberedKey(hash, sequence, ingestedTicks)),
    ];

    private static UInt128[] HashRows(long tableId, StringVector keys)
    {
        var hashes = new UInt128[keys.Length];
        for (int row = 0; row < hashes.Length; row++)
        {
            hashes[row] = KeyHash.OfRow(tableId, keys[row]);
        }

        return hashes;
    }
}
