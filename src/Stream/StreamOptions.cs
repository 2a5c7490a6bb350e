namespace Bongsu.Stream;

/// <summary>Times and budgets of stream evaluation.</summary>
public sealed record StreamOptions
{
    /// <summary>A source silent for so long no longer holds time back; when all are, time follows the wall clock at
    /// this distance.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Rows older than this at arrival are backfill: stored and counted, not run through live rules.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Rows further in the future than this at arrival are left out of live rules and counted.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most keys in the state of one query; rows of further keys are left out and counted.</summary>
    public int MaxKeysPerQuery { get; init; } = 10_000;

    /// <summary>Most rows in the state of one query that watches rows one by one (24 bytes each); further ones are
    /// left out and counted.</summary>
    public int MaxEventsPerQuery { get; init; } = 500_000;

    /// <summary>Most sources followed per table; further ones share one entry.</summary>
    public int MaxSourcesPerTable { get; init; } = 10_000;

    /// <summary>Rows waiting to pass the rules; past it the engine reads them from the log instead.</summary>
    public int MaxQueuedRows { get; init; } = 500_000;

    /// <summary>Memory for the state of all queries; past it the oldest slots that only serve corrections are given
    /// up.</summary>
    public long StateBudgetBytes { get; init; } = 128L << 20;

    /// <summary>Time between checkpoints.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often windows that are not over are looked at, where their condition cannot cease to hold;
    /// <see cref="TimeSpan.MaxValue"/> = never.</summary>
    public TimeSpan EarlyInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often time moves on while no rows come.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromMilliseconds(200);
}
