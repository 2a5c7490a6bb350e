using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Ingest.Decoding;
using Bongsu.Store;

namespace Bongsu.Ingest;

/// <summary>The one way from every protocol into the store: decoded rows, the table's pipeline, a durable
/// append.</summary>
/// <remarks>All members may be called from any thread.</remarks>
public sealed class IngestGateway
{
    // The body itself, the columns made of it, and what growing columns leave behind until the next collection.
    private const int MemoryPerBodyByte = 3;

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly BatchPipeline? _pipeline;
    private readonly DecodeLimits _limits;
    private readonly IngestBudget _budget;
    private readonly JsonRowDecoderPool _decoders = new();
    private readonly DecodeCrew _crew = new(Environment.ProcessorCount);
    private long _storedRows;
    private long _duplicateRows;
    private long _droppedRows;
    private long _rejectedRows;
    private long _transcodedRows;
    private long _repairedRows;

    /// <summary>A gateway into a database.</summary>
    /// <param name="database">Where rows go.</param>
    /// <param name="time">For the time of rows that bring none.</param>
    /// <param name="pipeline">Run on every batch; null for none.</param>
    /// <param name="limits">What requests may ask of the decoders; null for the defaults.</param>
    /// <param name="budget">Memory of requests in flight; null for 256 MiB.</param>
    public IngestGateway(
        Database database,
        TimeProvider time,
        BatchPipeline? pipeline = null,
        DecodeLimits? limits = null,
        IngestBudget? budget = null)
    {
        _database = database;
        _time = time;
        _pipeline = pipeline;
        _limits = limits ?? DecodeLimits.Default;
        _budget = budget ?? new IngestBudget(256L << 20);
    }

    /// <summary>What requests may ask.</summary>
    public DecodeLimits Limits => _limits;

    /// <summary>Rows stored since the start.</summary>
    public long StoredRows => Interlocked.Read(ref _storedRows);

    /// <summary>Rows not stored again, since their key or their request's was known.</summary>
    public long DuplicateRows => Interlocked.Read(ref _duplicateRows);

    /// <summary>Rows pipelines dropped.</summary>
    public long DroppedRows => Interlocked.Read(ref _droppedRows);

    /// <summary>Rows decoders refused.</summary>
    public long RejectedRows => Interlocked.Read(ref _rejectedRows);

    /// <summary>Rows that came as CP949.</summary>
    public long TranscodedRows => Interlocked.Read(ref _transcodedRows);

    /// <summary>Rows in which bytes that are no text were replaced.</summary>
    public long RepairedRows => Interlocked.Read(ref _repairedRows);

    /// <summary>Reserves the memory a body needs while it is decoded; take it before reading the body.</summary>
    /// <exception cref="StoreBusyException">Too much is in flight.</exception>
    public IngestBudget.Reservation Reserve(long bodyBytes) => _budget.Reserve(bodyBytes * MemoryPerBodyByte);

    /// <summary>Reserves more where a body turns out to be longer than was announced.</summary>
    /// <exception cref="StoreBusyException">Too much is in flight.</exception>
    public static void Grow(IngestBudget.Reservation reservation, long bodyBytes) =>
        reservation.Ensure(bodyBytes * MemoryPerBodyByte);

    /// <summary>The options of a decoder for a request that arrives now.</summary>
    public DecodeOptions OptionsFor(string tenant, string? timeField = null) => new()
    {
        ReceivedTicks = _time.GetUtcNow().UtcTicks,
        TimeField = timeField,
        Limits = _limits,
        Decoders = _decoders,
        Crew = _crew,
        FindSchema = table => _database.FindTable(tenant, table)?.Schema,

        // Messages are split while their bytes are at hand, by each thread that decodes; but pipelines want text, and what
        // they mask must teach no template.
        FindSplit = table => _pipeline is null && _database.FindTable(tenant, table) is { } known ? known.SplitMessages : null,
    };

    /// <summary>Lets memory go that is kept for the next requests; for when none come.</summary>
    public void Trim()
    {
        _decoders.Clear();
        _database.Trim();
    }

    /// <summary>Counts what a decoder refused and mended.</summary>
    public void Count(DecodedBatch decoded)
    {
        Interlocked.Add(ref _rejectedRows, decoded.RejectedCount);
        Interlocked.Add(ref _transcodedRows, decoded.TranscodedCount);
        Interlocked.Add(ref _repairedRows, decoded.RepairedCount);
    }

    /// <summary>Counts what a decoder of several tables refused and mended.</summary>
    internal void Count(long rejectedRows, TextRepairs repairs)
    {
        Interlocked.Add(ref _rejectedRows, rejectedRows);
        Interlocked.Add(ref _transcodedRows, repairs.Transcoded);
        Interlocked.Add(ref _repairedRows, repairs.Repaired);
    }

    /// <summary>Counts a decoder's result and writes its rows.</summary>
    public Task<IngestOutcome> WriteAsync(
        string tenant, string table, DecodedBatch decoded, AppendOptions options, CancellationToken cancellationToken)
    {
        Count(decoded);
        return WriteAsync(tenant, table, decoded.Batch, options, cancellationToken);
    }

    /// <summary>Runs the table's pipeline and stores what it leaves; durable when it completes.</summary>
    /// <remarks>A batch without rows stores nothing and makes no table.</remarks>
    /// <exception cref="StoreException">A name is not allowed, the disk is full, or memory is.</exception>
    public async Task<IngestOutcome> WriteAsync(
        string tenant, string table, Batch batch, AppendOptions options, CancellationToken cancellationToken)
    {
        if (batch.RowCount == 0)
        {
            return default;
        }

        Table target = _database.GetOrCreateTable(tenant, table);
        PipelineResult piped = _pipeline?.Invoke(tenant, table, batch) ?? new PipelineResult(batch);
        int dropped = batch.RowCount - piped.Batch.RowCount;
        Interlocked.Add(ref _droppedRows, dropped);
        if (piped.Batch.RowCount == 0)
        {
            return new IngestOutcome(0, 0, dropped, WasDuplicate: false, DuplicateRows: null);
        }

        AppendOptions kept = piped.KeptRows is { } rows && options.RowKeys is { } keys
            ? options with { RowKeys = (StringVector)keys.Gather(rows) }
            : options;
        AppendResult appended = await target.AppendAsync(piped.Batch, kept, cancellationToken).ConfigureAwait(false);
        int repeats = appended.WasDuplicate ? piped.Batch.RowCount : appended.DuplicateRows?.CountSet() ?? 0;
        int stored = piped.Batch.RowCount - repeats;
        Interlocked.Add(ref _duplicateRows, repeats);
        Interlocked.Add(ref _storedRows, stored);
        return new IngestOutcome(
            appended.Sequence,
            stored,
            dropped,
            appended.WasDuplicate,
            InDecodedRows(appended.DuplicateRows, piped.KeptRows, batch.RowCount));
    }

    private static Bitmap? InDecodedRows(Bitmap? duplicates, int[]? keptRows, int rowCount)
    {
        if (duplicates is null || keptRows is null)
        {
            return duplicates;
        }

        var mapped = new Bitmap(rowCount);
        foreach (int row in duplicates.ToSelection())
        {
            mapped[keptRows[row]] = true;
        }

        return mapped;
    }
}
