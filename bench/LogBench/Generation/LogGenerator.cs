namespace Bongsu.LogBench.Generation;

/// <summary>
/// Logs of a web shop as NDJSON, sorted by time: 20 services on 5 hosts, traces of about 5 rows, skewed users, a day wave.
/// </summary>
/// <remarks>
/// The same rows, days and seed give the same bytes on every machine. Rows are made in chunks that know nothing of each
/// other, so that several threads can make them. Thread-safe.
/// </remarks>
internal sealed class LogGenerator
{
    /// <summary>Rows of one chunk; a trace lies in one chunk.</summary>
    public const int ChunkRows = 1 << 16;

    /// <summary>The word that three rows contain.</summary>
    public const string Needle = "needle7f3a9c";

    /// <summary>First day of the rows.</summary>
    public static readonly DateOnly FirstDay = new(2026, 11, 1);

    private readonly ulong _seed;

    /// <summary>A generator of so many rows over so many days.</summary>
    public LogGenerator(long rows, int days, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        Rows = rows;
        _seed = seed;
        Wave = new DayWave(rows, days, seed);
        NeedleRows = [rows * 2 / 9, rows * 5 / 9, rows * 8 / 9];
    }

    /// <summary>Rows in all.</summary>
    public long Rows { get; }

    /// <summary>Chunks in all.</summary>
    public int ChunkCount => (int)((Rows + ChunkRows - 1) / ChunkRows);

    /// <summary>When rows come.</summary>
    public DayWave Wave { get; }

    /// <summary>Rows with the needle.</summary>
    public long[] NeedleRows { get; }

    /// <summary>Writes the lines of one chunk.</summary>
    public void Write(int chunk, LineWriter output)
    {
        var rows = new ChunkWriter(this, new Rng(_seed, (ulong)chunk));
        rows.Write((long)chunk * ChunkRows, Math.Min(((long)chunk + 1) * ChunkRows, Rows), output);
    }
}
