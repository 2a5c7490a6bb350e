using Bongsu.Core.Batches;
using Bongsu.Query;
using Bongsu.Query.Kql;
using Bongsu.Query.Plan;
using Bongsu.Stream.Events;
using Bongsu.Stream.Plans;
using Bongsu.Stream.Windows;

namespace Bongsu.Stream;

/// <summary>
/// A KQL query that is answered window by window while rows arrive. Owned by one <see cref="StreamEngine"/>, which
/// alone
/// changes it; <see cref="Statistics"/> may be read from any thread.
/// </summary>
public sealed class ContinuousQuery
{
    private const int StateVersion = 2;

    private readonly StreamOptions _options;
    private readonly SortedSet<long> _changedEnds = [];
    private readonly SortedSet<long> _openEnds = [];
    private readonly QueryHealth _health = new();
    private RowStages? _stages;
    private WindowState? _state;
    private bool _isStarted;
    private long _evaluatedEnd = long.MinValue;
    private bool _isWarming;
    private long _slotsFrom = long.MinValue;
    private bool _failedSinceEvaluation;

    /// <summary>A query that is not bound to its table yet.</summary>
    /// <param name="name">Unique in its engine; its state is kept under it.</param>
    /// <param name="text">KQL.</param>
    /// <param name="windows">Its windows.</param>
    /// <param name="consumer">Who is told its results.</param>
    /// <param name="options">Budgets.</param>
    public ContinuousQuery(string name, string text, WindowSpec windows, WindowConsumer consumer, StreamOptions options)
    {
        Name = name;
        Text = text;
        Windows = windows;
        Consumer = consumer;
        _options = options;
    }

    /// <summary>Unique in its engine.</summary>
    public string Name { get; }

    /// <summary>KQL.</summary>
    public string Text { get; }

    /// <summary>Its windows.</summary>
    public WindowSpec Windows { get; }

    /// <summary>Who is told its results.</summary>
    public WindowConsumer Consumer { get; }

    /// <summary>True where each result comes with that of the window before it.</summary>
    public bool ComparesBefore { get; init; }

    /// <summary>False where what a window says is only worth telling when it is over.</summary>
    public bool TellsEarly { get; init; } = true;

    /// <summary>True where each result comes with what it would be without the query's condition.</summary>
    public bool TellsValues { get; init; }

    /// <summary>Longest time between two rows of a session, where windows are sessions of a key; null = windows of a fixed
    /// length. Needs <c>summarize</c> and rows with their <c>timestamp</c>.</summary>
    public TimeSpan? SessionGap { get; init; }

    /// <summary>What is watched in its rows one by one; null where its windows hold aggregates.</summary>
    public EventSpec? Events { get; init; }

    /// <summary>The bound plan; null while it waits for its table.</summary>
    public StreamPlan? Plan { get; private set; }

    /// <summary>Health; row counts of its table are added by the engine.</summary>
    public StreamStatistics Statistics => _health.Read();

    /// <summary>Batches up to here are in its state.</summary>
    internal long Sequence { get; set; }

    /// <summary>Batches that arrived up to here are in its state: they were read from the store when it
    /// started.</summary>
    internal long WarmThroughTicks { get; private set; } = long.MinValue;

    /// <summary>True where its state changed since it was written.</summary>
    internal bool IsDirty { get; set; } = true;

    /// <summary>Told of slots whose late rows were dropped; null = nobody.</summary>
    internal Action<long>? Dropped { get; set; }

    /// <summary>True where it has a place in time: rows are taken in and windows told.</summary>
    internal bool IsStarted => _isStarted;

    /// <summary>What it is indexed by.</summary>
    internal EqualityCondition? Equality => _stages?.Equality;

    /// <summary>Event time at which its next window is due; <see cref="long.MinValue"/> where a told one
    /// changed.</summary>
    internal long NextDueTicks =>
        !_isStarted ? long.MaxValue
        : _changedEnds.Count > 0 ? long.MinValue
        : _evaluatedEnd + Windows.EveryTicks + Windows.LatenessTicks;

    /// <summary>Binds the query to the tables as they are now.</summary>
    /// <returns>True where its state must begin anew (there is none yet, or the types it depends on changed).</returns>
    internal bool Bind(IQueryCatalog catalog, long nowTicks)
    {
        try
        {
            var options = new CompileOptions { NowTicks = nowTicks, KeepsTimestamp = SessionGap is not null };
            BoundQuery bound = KqlCompiler.Compile(Text, catalog, options);
            StreamPlan plan = Events is null ? StreamPlan.Create(bound) : StreamPlan.CreateForEvents(bound, Events);
            if (SessionGap is not null)
            {
                plan.RequireSessions();
            }

            bool keepsState = Plan is not null && Plan.StateSignature == plan.StateSignature && Plan.Table == plan.Table;
            Plan = plan;
            _stages = new RowStages(plan);
            _health.Error = null;
            _health.IsPending = false;
            WindowState state = NewState();
            if (keepsState)
            {
                Take(_state!, state);
                return false;
            }

            _state = state;
            _isStarted = false;
            _changedEnds.Clear();
            _openEnds.Clear();
            return true;
        }
        catch (QueryException exception)
        {
            Plan = null;
            _isStarted = false;
            _health.IsPending = StreamPlan.MayComeTrue(exception);
            _health.Error = exception.Message;
            return false;
        }
    }

    /// <summary>Tells the consumer where the query cannot be bound, and that is not for want of rows.</summary>
    /// <param name="nowTicks">Wall clock.</param>
    internal void TellBinding(long nowTicks)
    {
        if (Plan is null && _health is { IsPending: false, Error: { } message } && !Consumer.IsFailing)
        {
            Fail(message, nowTicks);
        }
    }

    /// <summary>Gives it its place in time.</summary>
    /// <param name="ticks">Windows that end here or earlier are told only when a row comes for them.</param>
    /// <param name="warmThroughTicks">Batches that arrived up to here are read from the store.</param>
    internal void Start(long ticks, long warmThroughTicks)
    {
        WarmThroughTicks = warmThroughTicks;
        _evaluatedEnd = Windows.EndAtOrBefore(ticks);
        _slotsFrom = Windows.SlotOf(_evaluatedEnd - _options.MaxDelay.Ticks);
        _isStarted = true;
        _state!.Begin(_evaluatedEnd);
        IsDirty = true;
    }

    /// <summary>Takes in rows of its table that meet <see cref="Equality"/>.</summary>
    internal void Accept(LiveBatch batch)
    {
        if (_stages is null || !_isStarted || batch.RowCount == 0 ||
            batch.Sequence <= Sequence || batch.IngestedTicks <= WarmThroughTicks)
        {
            return;
        }

        TakeIn(batch);
    }

    /// <summary>Event time before the start of a window whose rows it still needs.</summary>
    internal long ReachTicks => _state?.ReachTicks ?? 0;

    /// <summary>Earliest event time that any window it may still tell can hold.</summary>
    internal long NeededFromTicks => _slotsFrom - Windows.WindowTicks - _state!.ReachTicks;

    /// <summary>True where it tells nothing before it knows what stored rows of long ago say.</summary>
    internal bool NeedsSeed => _isStarted && _state!.SeedTicks > 0;

    /// <summary>What <see cref="Seed"/> wants to be told: results of these plans over the store.</summary>
    /// <param name="toTicks">Rows from here on pass it themselves.</param>
    internal IReadOnlyList<LogicalPlan> SeedPlans(long toTicks)
    {
        string since = TimeSpan.FromTicks(_state!.SeedTicks).ToString();
        _health.IsPending = true;
        _health.Error = $"reading what was seen in the {since} before";
        return Plan!.SeedPlans(toTicks - _state.SeedTicks, toTicks, _options.MaxKeysPerQuery);
    }

    /// <summary>Tells it what stored rows of long ago say.</summary>
    internal void Seed(IReadOnlyList<Batch> batches)
    {
        _state!.Seed(batches);
        IsDirty = true;
        _health.Error = null;
        _health.IsPending = false;
    }

    /// <summary>What stored rows of long ago say cannot be told now.</summary>
    internal void FailSeed(string message, long atTicks) => Fail($"what was seen before cannot be read: {message}", atTicks);

    /// <summary>Takes in rows that were stored before it was started.</summary>
    internal void Warm(LiveBatch batch)
    {
        _isWarming = true;
        TakeIn(batch);
        _isWarming = false;
    }

    /// <summary>Tells windows that are complete, and told ones that changed.</summary>
    /// <param name="eventTicks">Event time of its table.</param>
    /// <param name="latestRowTicks">Latest timestamp of its table.</param>
    internal void Advance(long eventTicks, long latestRowTicks)
    {
        if (!_isStarted || eventTicks == long.MinValue || NeedsSeed)
        {
            return;
        }

        _health.BeginTurn();
        long watermark = eventTicks - Windows.LatenessTicks;
        long finalThrough = Math.Min(eventTicks - _options.MaxDelay.Ticks, _evaluatedEnd);
        while (_changedEnds.Count > 0)
        {
            long end = _changedEnds.Min;
            _changedEnds.Remove(end);
            Tell(end, isCorrection: true, latestRowTicks, finalThrough);
        }

        long lastEnd = Windows.EndAtOrBefore(watermark);
        while (_evaluatedEnd < lastEnd)
        {
            _evaluatedEnd = NextEnd(lastEnd);
            Tell(_evaluatedEnd, isCorrection: false, latestRowTicks, finalThrough);
        }

        _openEnds.RemoveWhere(end => end <= _evaluatedEnd);

        long slotsFrom = Windows.SlotOf(Math.Min(eventTicks - _options.MaxDelay.Ticks, _evaluatedEnd));
        if (slotsFrom > _slotsFrom)
        {
            _slotsFrom = slotsFrom;
            _state!.RemoveBefore(NeededFromTicks);
        }

        _health.EvaluatedTicks = _evaluatedEnd;
        _health.CorrectsFromTicks = _slotsFrom;
        _health.WatermarkTicks = watermark;
        _health.EndTurn();
    }

    /// <summary>True where <see cref="TellEarly()"/> would look at a window.</summary>
    internal bool HasOpenWindows => _openEnds.Count > 0;

    /// <summary>Tells windows that are not over, where their condition holds already and cannot cease to.</summary>
    internal void TellEarly()
    {
        if (_openEnds.Count == 0 || NeedsSeed)
        {
            return;
        }

        _health.BeginTurn();
        foreach (long end in _openEnds)
        {
            TellEarly(end);
        }

        _openEnds.Clear();
        _health.EndTurn();
    }

    /// <summary>Bytes of its slots.</summary>
    internal long MeasureState()
    {
        long size = _state?.SizeBytes ?? 0;
        _health.StateBytes = size;
        return size;
    }

    /// <summary>Gives up slots that only serve corrections, the oldest first.</summary>
    /// <param name="share">Of the time they reach back, up to 1: all.</param>
    internal void ShedToldSlots(double share)
    {
        if (_isStarted)
        {
            long from = Windows.SlotOf(_slotsFrom + (long)((_evaluatedEnd - _slotsFrom) * share));
            _slotsFrom = Math.Max(_slotsFrom, from);
            long told = Windows.SlotOf(_evaluatedEnd + Windows.EveryTicks - Windows.WindowTicks - _state!.ReachTicks);
            _state.RemoveBefore(share < 1 ? Math.Min(told, NeededFromTicks) : told);
            _health.CorrectsFromTicks = _slotsFrom;
            IsDirty = true;
        }
    }

    /// <summary>Gives up all slots: the query needs more memory than there is.</summary>
    internal void ShedAllSlots(long budgetBytes, long atTicks)
    {
        if (Plan is not null)
        {
            _state = NewState();
            _state.Begin(_evaluatedEnd);
            IsDirty = true;
            Fail($"the state of all rules is larger than {budgetBytes >> 20} MiB; the windows of this rule were given up", atTicks);
        }
    }

    /// <summary>Writes everything that is not in the text.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="sequence">Batches up to here are in the state.</param>
    internal void Write(BinaryWriter writer, long sequence)
    {
        writer.Write(StateVersion);
        writer.Write(Math.Max(sequence, Sequence)); // replayed batches are in the state before they come by again
        Consumer.Write(writer);
        writer.Write(_isStarted ? Fingerprint() : "");
        if (!_isStarted)
        {
            return;
        }

        long toldEnd = Math.Min(_evaluatedEnd, Windows.EndAtOrBefore(Consumer.WaitingEndTicks - 1));
        foreach (long number in (ReadOnlySpan<long>)
            [toldEnd, _slotsFrom, WarmThroughTicks, _health.RowsLate, _health.RowsLateDropped, _health.RowsShed, _health.WindowsCorrected])
        {
            writer.Write(number);
        }

        writer.Write(_changedEnds.Count);
        foreach (long end in _changedEnds)
        {
            writer.Write(end);
        }

        _state!.Write(writer);
    }

    /// <summary>Restores what <see cref="Write"/> wrote; call <see cref="Bind"/> first.</summary>
    /// <returns>False where only the consumer's state fits: text, windows or types changed.</returns>
    /// <exception cref="InvalidDataException">The bytes are not such a state.</exception>
    internal bool Read(BinaryReader reader)
    {
        int version = reader.ReadInt32();
        if (version != StateVersion)
        {
            throw new InvalidDataException($"state of query {Name}: version {version}, expected {StateVersion}");
        }

        long sequence = reader.ReadInt64();
        Consumer.Read(reader);
        if (Plan is null || reader.ReadString() != Fingerprint())
        {
            return false;
        }

        Sequence = sequence;
        _evaluatedEnd = reader.ReadInt64();
        _slotsFrom = reader.ReadInt64();
        WarmThroughTicks = reader.ReadInt64();
        _health.EvaluatedTicks = _evaluatedEnd;
        _health.RowsLate = reader.ReadInt64();
        _health.RowsLateDropped = reader.ReadInt64();
        _health.RowsShed = reader.ReadInt64();
        _health.WindowsCorrected = reader.ReadInt64();
        int changed = reader.ReadInt32();
        for (int end = 0; end < changed; end++)
        {
            _changedEnds.Add(reader.ReadInt64());
        }

        _state = NewState();
        _state.Read(reader);
        _isStarted = true;
        IsDirty = false;
        return true;
    }

    private string Fingerprint() =>
        $"{Text}\n{Windows.EveryTicks} {Windows.WindowTicks} {Windows.LatenessTicks} {ComparesBefore} {SessionGap}\n{Plan!.StateSignature}";

    private WindowState NewState() => Plan!.Detector is { } detector
        ? new EventWindows(detector, Windows, _options)
        : SessionGap is { } gap
        ? new SessionWindows(Plan!, _stages!, Windows, gap.Ticks, _options.MaxKeysPerQuery)
        : new AggregateWindows(Plan!, _stages!, Windows, ComparesBefore, _options.MaxKeysPerQuery) { TellsValues = TellsValues };

    private void TakeIn(LiveBatch batch)
    {
        _health.BeginTurn();
        try
        {
            LiveBatch rows = _stages!.Where(batch);
            if (rows.RowCount > 0)
            {
                IsDirty = true;
                _health.RowsTaken += rows.RowCount;
                TakeInBySlot(rows);
            }
        }
        catch (Exception exception) when (exception is QueryException or NotSupportedException or ArithmeticException)
        {
            _failedSinceEvaluation = true;
            Fail(exception.Message, batch.IngestedTicks);
        }

        _health.EndTurn();
    }

    private void TakeInBySlot(LiveBatch rows)
    {
        (long earliest, long latest) = rows.Range;
        long first = Windows.SlotOf(earliest);
        if (latest - first < Windows.SlotTicks)
        {
            TakeIn(first, rows);
            return;
        }

        foreach ((long slotTicks, LiveBatch part) in rows.BySlot(Windows))
        {
            TakeIn(slotTicks, part);
        }
    }

    private void TakeIn(long slotTicks, LiveBatch rows)
    {
        (long firstEnd, long lastEnd) = _state!.EndsOf(slotTicks, _evaluatedEnd);
        if (firstEnd > lastEnd)
        {
            return; // between two windows
        }

        if (slotTicks < (_isWarming ? NeededFromTicks : _slotsFrom))
        {
            if (_isWarming)
            {
                return;
            }

            _health.RowsLateDropped += rows.RowCount;
            Dropped?.Invoke(slotTicks);
            return;
        }

        if (firstEnd <= _evaluatedEnd && !_isWarming)
        {
            _health.RowsLate += rows.RowCount;
        }

        Batch batch = _stages!.Run(_stages.View(rows));
        if (batch.RowCount == 0)
        {
            return;
        }

        int shed = _state.Add(slotTicks, batch);
        if (shed > 0)
        {
            _health.RowsShed += shed;
            _health.HasTooManyKeys = true;
        }

        for (long end = firstEnd; end <= Math.Min(lastEnd, _evaluatedEnd) && !_isWarming; end += Windows.EveryTicks)
        {
            _changedEnds.Add(end);
        }

        if (TellsEarly && _state.IsMonotone && lastEnd > _evaluatedEnd && !_isWarming)
        {
            _openEnds.Add(Math.Max(firstEnd, _evaluatedEnd + Windows.EveryTicks));
        }
    }

    // Where nothing would be said of empty windows, they are left out; the last one always counts, so that silence is
    // noticed.
    private long NextEnd(long lastEnd)
    {
        long next = _evaluatedEnd + Windows.EveryTicks;
        if (!Consumer.IsQuiet || _state!.TellsOfNothing)
        {
            return next;
        }

        long slot = _state.NextSlot(next - Windows.WindowTicks);
        return slot >= lastEnd ? lastEnd : Math.Clamp(Windows.FirstEndOf(slot), next, lastEnd);
    }

    private void Tell(long end, bool isCorrection, long latestRowTicks, long finalThrough)
    {
        IsDirty |= isCorrection || !Consumer.IsQuiet;
        try
        {
            long start = end - Windows.WindowTicks;
            Batch? before = ComparesBefore ? _state!.Compute(start) : null;
            Batch rows = _state!.Compute(end);
            NoteKeys(_state.KeyCount);
            _health.IsEstimate = _state.IsEstimate;
            bool isChanged = Consumer.Consume(
                new WindowResult(start, end, rows, isCorrection, HasData: latestRowTicks >= start, finalThrough)
                {
                    IsEstimate = _state.IsEstimate,
                    ToldThroughTicks = _evaluatedEnd,
                    Recheck = (from, to) => Recheck(Math.Max(from, finalThrough + 1), Math.Min(to, _evaluatedEnd + 1)),
                    Before = before,
                    Values = _state.Values,
                });
            IsDirty |= isChanged || Consumer.HasPending;
            if (isCorrection && isChanged)
            {
                _health.WindowsCorrected++;
            }

            if (!isCorrection && !_failedSinceEvaluation && (_health.Error is not null || Consumer.IsFailing))
            {
                _health.Error = null;
                Consumer.ConsumeError(null, end);
            }
        }
        catch (Exception exception) when (exception is QueryException or NotSupportedException or ArithmeticException)
        {
            Fail(exception.Message, end);
        }

        _failedSinceEvaluation &= isCorrection;
    }

    private void Recheck(long fromTicks, long toTicks)
    {
        for (long end = Windows.EndAtOrBefore(fromTicks - 1) + Windows.EveryTicks; end < toTicks; end += Windows.EveryTicks)
        {
            _changedEnds.Add(end);
        }
    }

    private void TellEarly(long end)
    {
        try
        {
            Batch rows = _state!.ComputeEarly(end);
            if (rows.RowCount > 0)
            {
                IsDirty = true;
                Consumer.Consume(new WindowResult(
                    end - Windows.WindowTicks, end, rows, IsCorrection: false, HasData: true, FinalThroughTicks: long.MinValue, IsEarly: true));
            }
        }
        catch (Exception exception) when (exception is QueryException or NotSupportedException or ArithmeticException)
        {
            Fail(exception.Message, end);
        }
    }

    private void NoteKeys(int keys)
    {
        _health.HasTooManyKeys &= keys >= _options.MaxKeysPerQuery;
        _health.Keys = keys;
    }

    // Another binding of the same text: other functions to call, the same numbers.
    private void Take(WindowState from, WindowState to)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        from.Write(writer);
        writer.Flush();
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        to.Read(reader);
        _state = to;
    }

    private void Fail(string message, long atTicks)
    {
        IsDirty = true;
        _health.IsPending = false;
        _health.Error = message;
        Consumer.ConsumeError(message, atTicks);
    }
}
