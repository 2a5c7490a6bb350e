namespace Bongsu.Store;

/// <summary>Where the store keeps its data and what it may use.</summary>
public sealed record StoreOptions
{
    /// <summary>The folder of all data; made where it is missing, and used by one process only.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// Memory for rows that are not in a part yet, over all tables. Past it writers wait, then get
    /// <see cref="StoreBusyException"/>.
    /// </summary>
    public long HeadBudgetBytes { get; init; } = 96L << 20;

    /// <summary>Memory for dictionaries of parts that queries used last.</summary>
    public long DecodedCacheBytes { get; init; } = 96L << 20;

    /// <summary>A table's head is cut into parts at this size in memory.</summary>
    public long CutBytes { get; init; } = 32L << 20;

    /// <summary>A table's head is cut into parts when its oldest row is this old.</summary>
    public TimeSpan CutAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a writer waits for room in the head before it is refused.</summary>
    public TimeSpan BusyWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most rows in one block of a part.</summary>
    public int BlockRows { get; init; } = 65536;

    /// <summary>Size of one log file; 0 = by the size of the disk, 1 to 64 MiB.</summary>
    public long LogSegmentBytes { get; init; }

    /// <summary>Log kept at most for a stream checkpoint that lags behind.</summary>
    public long MaxLogLagBytes { get; init; } = 1L << 30;

    /// <summary>Parts of one partition are merged when so many of about one size are there.</summary>
    public int MergeFanIn { get; init; } = 4;

    /// <summary>Parts are not merged past this number of rows; those of an eighth of it are merged no more.</summary>
    public long MaxPartRows { get; init; } = 4L << 20;

    /// <summary>
    /// Rows older than this (event time) are dropped by whole parts, never sooner than <see cref="MinKeep"/> after
    /// arrival; null = kept.
    /// </summary>
    public TimeSpan? RetentionAge { get; init; }

    /// <summary>Another <see cref="RetentionAge"/> by tenant and table; where it gives null, the general one
    /// holds.</summary>
    public Func<string, string, TimeSpan?>? RetentionAgeOf { get; init; }

    /// <summary>
    /// Oldest parts are dropped past this size of all data. Null = past 80 % of the disk, and then never sooner than
    /// <see cref="MinKeep"/> after arrival; <see cref="long.MaxValue"/> = never.
    /// </summary>
    public long? RetentionBytes { get; init; }

    /// <summary>The least time rows are kept after arrival, whatever their event time.</summary>
    public TimeSpan MinKeep { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long idempotency keys are remembered.</summary>
    public TimeSpan KeyMemory { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Most idempotency keys remembered (about 40 bytes each); past it the oldest are forgotten early, with a
    /// notice.</summary>
    public int MaxRememberedKeys { get; init; } = 8_000_000;

    /// <summary>Most columns of one table; a batch that would add more is refused (<c>too_many_columns</c>).</summary>
    public int MaxColumns { get; init; } = 4000;

    /// <summary>Most tables of one tenant.</summary>
    public int MaxTables { get; init; } = 5000;

    /// <summary>Free space kept for parts and manifests; below it writes are refused. Null = 2 % of the disk, at most
    /// 256 MiB.</summary>
    public long? ReserveBytes { get; init; }

    /// <summary>False = no background cutting, merging and retention; for tests and offline tools.</summary>
    public bool Background { get; init; } = true;

    /// <summary>Told what an operator should know; called from any thread, must be quick and must not throw.</summary>
    public Action<StoreNotice>? Notice { get; init; }
}
