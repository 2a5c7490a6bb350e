namespace Bongsu.LogBench.Answers;

/// <summary>The right answers to all queries, counted line by line from the bytes that are sent.</summary>
/// <remarks>Not thread-safe: one for each thread, merged at the end.</remarks>
internal sealed class ExpectedAnswers(QueryInputs inputs)
{
    /// <summary>Rows that the queries for the latest ones ask for.</summary>
    public const int LatestCount = 100;

    private const long MinuteMs = 60_000;

    /// <summary>What the queries ask about.</summary>
    public QueryInputs Inputs { get; } = inputs;

    /// <summary>All rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows by level.</summary>
    public Dictionary<string, long> ByLevel { get; } = [];

    /// <summary>Error rows by service and minute (Unix ms).</summary>
    public Dictionary<(string Service, long MinuteMs), long> Errors { get; } = [];

    /// <summary>Rows with the needle.</summary>
    public List<LinePlace> NeedleLines { get; } = [];

    /// <summary>Rows whose message contains <c>timeout</c>.</summary>
    public long Timeouts { get; private set; }

    /// <summary>Rows whose message has the term <c>timeout</c>, by start of their bin (Unix ms).</summary>
    public Dictionary<long, long> TimeoutBins { get; } = [];

    /// <summary>Rows whose message matches the regular expression.</summary>
    public long RegexMatches { get; private set; }

    /// <summary>Durations by service; sorted by <see cref="Merge"/> of the last.</summary>
    public Dictionary<string, List<double>> Durations { get; } = [];

    /// <summary>Rows by user.</summary>
    public Dictionary<long, long> ByUser { get; } = [];

    /// <summary>All trace ids.</summary>
    public HashSet<UInt128> Traces { get; } = [];

    /// <summary>Rows of the trace that is looked for.</summary>
    public List<LinePlace> TraceLines { get; } = [];

    /// <summary>Latest error rows of one service.</summary>
    public LatestLines LatestErrors { get; } = new(LatestCount);

    /// <summary>Sum and count of durations of failed requests in one hour, by path.</summary>
    public Dictionary<string, (double Sum, long Count)> FailedPaths { get; } = [];

    /// <summary>Latest rows of all.</summary>
    public LatestLines Latest { get; } = new(LatestCount);

    /// <summary>Rows whose message contains the Korean word.</summary>
    public long Korean { get; private set; }

    /// <summary>Bytes of all messages.</summary>
    public long MessageBytes { get; private set; }

    /// <summary>Counts one line.</summary>
    public void Count(in ScannedLine line, LinePlace place)
    {
        Rows++;
        MessageBytes += line.Message.Length;
        Add(ByLevel, line.Level, 1);
        Add(ByUser, line.User, 1);
        Traces.Add(line.Trace);
        Latest.Add(place);
        if (!Durations.TryGetValue(line.Service, out List<double>? durations))
        {
            Durations.Add(line.Service, durations = []);
        }

        durations.Add(line.DurationMs);
        if (line.Level == "error")
        {
            Add(Errors, (line.Service, place.TimeMs / MinuteMs * MinuteMs), 1);
            if (line.Service == QueryInputs.Service)
            {
                LatestErrors.Add(place);
            }
        }

        if (line.Status >= 500 && place.TimeMs >= Inputs.HourStartMs && place.TimeMs < Inputs.HourEndMs)
        {
            (double sum, long count) = FailedPaths.GetValueOrDefault(line.Path);
            FailedPaths[line.Path] = (sum + line.DurationMs, count + 1);
        }

        if (line.Trace == Inputs.Trace)
        {
            TraceLines.Add(place);
        }

        CountMessage(line.Message, place);
    }

    /// <summary>Adds what another counted.</summary>
    public void Merge(ExpectedAnswers other)
    {
        Rows += other.Rows;
        Timeouts += other.Timeouts;
        RegexMatches += other.RegexMatches;
        Korean += other.Korean;
        MessageBytes += other.MessageBytes;
        Merge(ByLevel, other.ByLevel);
        Merge(Errors, other.Errors);
        Merge(TimeoutBins, other.TimeoutBins);
        Merge(ByUser, other.ByUser);
        Traces.UnionWith(other.Traces);
        NeedleLines.AddRange(other.NeedleLines);
        TraceLines.AddRange(other.TraceLines);
        LatestErrors.Merge(other.LatestErrors);
        Latest.Merge(other.Latest);
        foreach ((string service, List<double> durations) in other.Durations)
        {
            if (!Durations.TryAdd(service, durations))
            {
                Durations[service].AddRange(durations);
            }
        }

        foreach ((string path, (double sum, long count)) in other.FailedPaths)
        {
            (double sumBefore, long countBefore) = FailedPaths.GetValueOrDefault(path);
            FailedPaths[path] = (sumBefore + sum, countBefore + count);
        }
    }

    private void CountMessage(ReadOnlySpan<byte> message, LinePlace place)
    {
        if (message.IndexOf("timeout"u8) >= 0)
        {
            Timeouts++;
            if (MessageFacts.HasTimeout(message))
            {
                Add(TimeoutBins, place.TimeMs / Inputs.BinMs * Inputs.BinMs, 1);
            }
        }

        RegexMatches += MessageFacts.MatchesUser(message) ? 1 : 0;
        Korean += message.IndexOf("결제"u8) >= 0 ? 1 : 0;
        if (message.IndexOf("needle7f3a9c"u8) >= 0)
        {
            NeedleLines.Add(place);
        }
    }

    private static void Merge<TKey>(Dictionary<TKey, long> into, Dictionary<TKey, long> from)
        where TKey : notnull
    {
        foreach ((TKey key, long count) in from)
        {
            Add(into, key, count);
        }
    }

    private static void Add<TKey>(Dictionary<TKey, long> counts, TKey key, long count)
        where TKey : notnull =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += count;
}
