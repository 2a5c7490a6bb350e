namespace Bongsu.Stream.Clocks;

/// <summary>
/// Event time of one table: what its sources say, never behind itself. One owner.
/// </summary>
/// <remarks>
/// A source is what one sender writes to the table. Event time is the least of the active sources' latest timestamps
/// (each held down to its arrival, so that a row of the future cannot push time past the wall clock). A source silent
/// for
/// the idle timeout no longer counts. When all are silent, event time follows the wall clock at the distance of the
/// idle
/// timeout: so a sender that writes more often than that finds no window closed ahead of its rows.
/// Idea: watermarks with idleness as in Akidau et al., "The Dataflow Model", VLDB 2015, and its successors.
/// </remarks>
internal sealed class TableClock
{
    private const string OverflowSource = "\0more";

    // A source silent for so many idle timeouts is forgotten; should it come back, it is new.
    private const int ForgetAfterIdleTimeouts = 60;

    private readonly Dictionary<string, Source> _sources = new(StringComparer.Ordinal);
    private readonly long _idleTicks;
    private readonly int _maxSources;
    private long _quietSinceTicks;

    /// <summary>A clock without sources.</summary>
    /// <param name="idleTicks">The idle timeout.</param>
    /// <param name="maxSources">Most sources told apart.</param>
    /// <param name="nowTicks">Wall clock: silence counts from here.</param>
    public TableClock(long idleTicks, int maxSources, long nowTicks)
    {
        _idleTicks = idleTicks;
        _maxSources = maxSources;
        _quietSinceTicks = nowTicks;
    }

    /// <summary>Event time; <see cref="long.MinValue"/> before any row and any silence long enough.</summary>
    public long EventTicks { get; private set; } = long.MinValue;

    /// <summary>Latest timestamp of any row, held down to its arrival; <see cref="long.MinValue"/> before
    /// any.</summary>
    public long LatestRowTicks { get; private set; } = long.MinValue;

    /// <summary>Sources told apart.</summary>
    public int SourceCount => _sources.Count;

    /// <summary>Says when anyone could first be heard: silence counts from there.</summary>
    public void BeginAt(long nowTicks) => _quietSinceTicks = nowTicks;

    /// <summary>Takes note of a batch's live rows.</summary>
    /// <param name="sourceId">Who sent it.</param>
    /// <param name="latestTicks">Its latest timestamp.</param>
    /// <param name="arrivedTicks">When it arrived.</param>
    public void Observe(string sourceId, long latestTicks, long arrivedTicks)
    {
        string id = _sources.ContainsKey(sourceId) || _sources.Count < _maxSources ? sourceId : OverflowSource;
        long latest = Math.Min(latestTicks, arrivedTicks);
        Source known = _sources.GetValueOrDefault(id, new Source(long.MinValue, long.MinValue));
        _sources[id] = new Source(Math.Max(known.LatestTicks, latest), Math.Max(known.ArrivedTicks, arrivedTicks));
        LatestRowTicks = Math.Max(LatestRowTicks, latest);
        _quietSinceTicks = Math.Max(_quietSinceTicks, arrivedTicks);
    }

    /// <summary>Brings event time up to date.</summary>
    /// <param name="nowTicks">Wall clock.</param>
    /// <returns>The new <see cref="EventTicks"/>.</returns>
    public long Advance(long nowTicks)
    {
        long least = long.MaxValue;
        List<string>? forgotten = null;
        foreach ((string id, Source source) in _sources)
        {
            long silentTicks = nowTicks - source.ArrivedTicks;
            if (silentTicks < _idleTicks)
            {
                least = Math.Min(least, source.LatestTicks);
            }
            else if (silentTicks > ForgetAfterIdleTimeouts * _idleTicks)
            {
                (forgotten ??= []).Add(id);
            }
        }

        forgotten?.ForEach(id => _sources.Remove(id));
        if (least == long.MaxValue && nowTicks - _quietSinceTicks >= _idleTicks)
        {
            least = nowTicks - _idleTicks;
        }

        if (least != long.MaxValue)
        {
            EventTicks = Math.Max(EventTicks, least);
        }

        return EventTicks;
    }

    /// <summary>Writes everything.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(EventTicks);
        writer.Write(LatestRowTicks);
        writer.Write(_sources.Count);
        foreach ((string id, Source source) in _sources)
        {
            writer.Write(id);
            writer.Write(source.LatestTicks);
            writer.Write(source.ArrivedTicks);
        }
    }

    /// <summary>Restores what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="restartTicks">
    /// Wall clock of the restart: silence counts from here, since nobody could be heard before.
    /// </param>
    public void Read(BinaryReader reader, long restartTicks)
    {
        EventTicks = reader.ReadInt64();
        LatestRowTicks = reader.ReadInt64();
        int count = reader.ReadInt32();
        for (int source = 0; source < count; source++)
        {
            string id = reader.ReadString();
            long latestTicks = reader.ReadInt64();
            long arrivedTicks = reader.ReadInt64();
            bool wasHeard = restartTicks - arrivedTicks < ForgetAfterIdleTimeouts * _idleTicks;
            _sources[id] = new Source(latestTicks, wasHeard ? Math.Max(arrivedTicks, restartTicks) : arrivedTicks);
        }

        _quietSinceTicks = restartTicks;
    }

    private readonly record struct Source(long LatestTicks, long ArrivedTicks);
}
