namespace Bongsu.Alert.Alerts;

/// <summary>
/// One key of a rule: the windows in which its condition held, as far back as late rows may change them, and what
/// follows from
/// them. Windows in order move it on step by step; a correction computes it anew.
/// </summary>
internal sealed class KeyLife
{
    private readonly List<(long EndTicks, ulong Values)> _held = [];
    private LifePoint _base;

    public KeyLife(string key)
    {
        Key = key;
    }

    /// <summary>The key as compact JSON.</summary>
    public string Key { get; }

    /// <summary>After all windows told so far.</summary>
    public LifePoint Now { get; private set; }

    /// <summary>Alerts that go on or may still change, by their first window.</summary>
    public List<Episode> Episodes { get; } = [];

    /// <summary>The alert that fires now, or null.</summary>
    public Episode? Active => Episodes.Find(episode => episode.IsFiring);

    /// <summary>Windows before this one stand in alerts that are over for good.</summary>
    public long FreeFromTicks { get; private set; }

    /// <summary>What is listed while it is pending; null else.</summary>
    public AlertView? Pending { get; set; }

    /// <summary>Values of the latest window told in order, while one further on was told early; null else.</summary>
    public AlertView? Behind { get; set; }

    /// <summary>True where nothing needs to be known of it.</summary>
    public bool IsOver => Now.IsNone && _base.IsNone && _held.Count == 0 && Episodes.Count == 0;

    /// <summary>True where a window later than this was told early.</summary>
    public bool IsAheadOf(long endTicks) => _held.Count > 0 && _held[^1].EndTicks > endTicks;

    /// <summary>The hash of the values with which the condition held in a window; null where it did not.</summary>
    public ulong? ValuesAt(long endTicks)
    {
        int at = Find(endTicks);
        return at < 0 ? null : _held[at].Values;
    }

    /// <summary>Notes that the condition held in a window.</summary>
    public void Hold(long endTicks, ulong values)
    {
        int at = Find(endTicks);
        if (at < 0)
        {
            _held.Insert(~at, (endTicks, values));
        }
        else
        {
            _held[at] = (endTicks, values);
        }
    }

    /// <summary>Notes that it did not.</summary>
    public void Release(long endTicks)
    {
        int at = Find(endTicks);
        if (at >= 0)
        {
            _held.RemoveAt(at);
        }
    }

    /// <summary>Moves on by the next window.</summary>
    public void Step(long endTicks, bool isHeld, LifeRule rule) =>
        Now = isHeld ? Now.Held(endTicks, rule.ForTicks) : Now.Absent(endTicks, rule.KeepTicks);

    /// <summary>Computes anew where it is, and the runs through which it fired.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="unknown">Window ends nothing is known of.</param>
    /// <param name="fromTicks">Up to here, all is in the past for good.</param>
    /// <param name="toTicks">The latest window told.</param>
    public List<FiringSpan> Recompute(LifeRule rule, SortedSet<long> unknown, long fromTicks, long toTicks)
    {
        var spans = new List<FiringSpan>();
        Now = Scan(rule, unknown, fromTicks, toTicks, isThroughEarly: true, spans);
        return spans;
    }

    /// <summary>Forgets windows that will not change any more.</summary>
    public void Fold(LifeRule rule, SortedSet<long> unknown, long fromTicks, long toTicks)
    {
        var spans = new List<FiringSpan>();
        _base = Scan(rule, unknown, fromTicks, toTicks, isThroughEarly: false, spans);
        foreach (FiringSpan span in spans.Where(span => span.ResolvedTicks != 0))
        {
            foreach (Episode episode in Episodes.Where(episode => episode.Owns(span)))
            {
                episode.FinalEndTicks = Math.Max(episode.FinalEndTicks, span.ResolvedTicks);
            }
        }

        _held.RemoveAll(window => window.EndTicks <= toTicks);
        foreach (Episode episode in Episodes.Where(episode => !episode.IsEmpty && episode.IsFinalAt(toTicks)))
        {
            FreeFromTicks = Math.Max(FreeFromTicks, episode.Span.ResolvedTicks);
        }

        Episodes.RemoveAll(episode => episode.IsFinalAt(toTicks));
    }

    /// <summary>Writes the windows; alerts are written apart.</summary>
    public void Write(BinaryWriter writer)
    {
        WritePoint(writer, _base);
        WritePoint(writer, Now);
        writer.Write(FreeFromTicks);
        writer.Write(_held.Count);
        foreach ((long end, ulong values) in _held)
        {
            writer.Write(end);
            writer.Write(values);
        }
    }

    /// <summary>Restores what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader reader)
    {
        _base = ReadPoint(reader);
        Now = ReadPoint(reader);
        FreeFromTicks = reader.ReadInt64();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            _held.Add((reader.ReadInt64(), reader.ReadUInt64()));
        }
    }

    private static void WritePoint(BinaryWriter writer, LifePoint point)
    {
        writer.Write(point.StartTicks);
        writer.Write(point.FiringTicks);
        writer.Write(point.LastTicks);
    }

    private static LifePoint ReadPoint(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());

    // Ends between two held windows matter only while something is open: else the next held one is next.
    private LifePoint Scan(
        LifeRule rule, SortedSet<long> unknown, long fromTicks, long toTicks, bool isThroughEarly, List<FiringSpan> spans)
    {
        LifePoint point = _base;
        long end = fromTicks;
        int held = 0;
        while (true)
        {
            long nextHeld = held < _held.Count ? _held[held].EndTicks : long.MaxValue;
            long next = point.IsNone ? long.MaxValue : rule.Windows.EndAtOrBefore(end) + rule.Windows.EveryTicks;
            end = Math.Min(next <= toTicks ? next : long.MaxValue, nextHeld);
            if (end == long.MaxValue || (end > toTicks && !isThroughEarly))
            {
                break;
            }

            LifePoint before = point;
            if (end == nextHeld)
            {
                held++;
                point = point.Held(end, rule.ForTicks);
            }
            else if (!unknown.Contains(end))
            {
                point = point.Absent(end, rule.KeepTicks);
            }

            if (before.IsFiring && point.IsNone)
            {
                spans.Add(new FiringSpan(before.StartTicks, before.FiringTicks, before.LastTicks, end));
            }
        }

        if (point.IsFiring)
        {
            spans.Add(new FiringSpan(point.StartTicks, point.FiringTicks, point.LastTicks, 0));
        }

        return point;
    }

    // As BinarySearch says it.
    private int Find(long endTicks)
    {
        int low = 0;
        int high = _held.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_held[middle].EndTicks == endTicks)
            {
                return middle;
            }

            if (_held[middle].EndTicks < endTicks)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
