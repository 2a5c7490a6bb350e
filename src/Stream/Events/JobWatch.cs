using Bongsu.Core.Vectors;

namespace Bongsu.Stream.Events;

/// <summary>One key of a <see cref="JobDetector"/>.</summary>
internal sealed class JobWatch : KeyWatch
{
    private const long None = long.MinValue;
    private const long Never = long.MaxValue;

    private readonly JobDetector _detector;
    private long _expected = None;
    private long _next;
    private bool _hasBegun = true; // nothing was expected yet
    private bool _isMissing;
    private long _started = None;
    private long _ended = None;
    private long _neverEndedAt = Never;
    private bool _isRunning;
    private Span _late = Span.Nothing;
    private Span _tooLong = Span.Nothing;
    private Span _neverEnded = Span.Nothing;
    private Span _tooShort = Span.Nothing;

    public JobWatch(JobDetector detector, long fromTicks)
    {
        _detector = detector;
        _next = detector.NextAfter(fromTicks - 1);
    }

    public JobWatch(JobDetector detector, BinaryReader reader)
    {
        _detector = detector;
        _expected = reader.ReadInt64();
        _next = reader.ReadInt64();
        _hasBegun = reader.ReadBoolean();
        _isMissing = reader.ReadBoolean();
        _started = reader.ReadInt64();
        _ended = reader.ReadInt64();
        _neverEndedAt = reader.ReadInt64();
        _isRunning = reader.ReadBoolean();
        _late = Span.Read(reader);
        _tooLong = Span.Read(reader);
        _neverEnded = Span.Read(reader);
        _tooShort = Span.Read(reader);
    }

    /// <inheritdoc/>
    public override long TimerTicks =>
        Math.Min(Math.Min(_next, LateAt), Math.Min(TooLongAt, _isRunning && !_neverEnded.IsOpen ? _neverEndedAt : Never));

    /// <inheritdoc/>
    public override long SizeBytes => 190;

    private JobSpec Spec => _detector.Spec;

    private long LateAt => _hasBegun || _late.IsOpen ? Never : _expected + Spec.Grace.Ticks;

    private long TooLongAt => _isRunning && !_tooLong.IsOpen && Spec.Longest is { } longest ? _started + longest.Ticks : Never;

    /// <inheritdoc/>
    public override void Consume(in Event item, long stretchTicks)
    {
        bool isStart = (item.Mark & JobDetector.StartBit) != 0;
        bool isEnd = (item.Mark & JobDetector.EndBit) != 0;
        if (isEnd && _isRunning)
        {
            End(item.Ticks);
            isEnd = false;
        }

        if (isStart)
        {
            Begin(item.Ticks);
        }

        if (isEnd && isStart)
        {
            End(item.Ticks); // a run within one row
        }
    }

    /// <inheritdoc/>
    public override void Advance(long ticks, long stretchTicks)
    {
        for (long at = TimerTicks; at < ticks; at = TimerTicks)
        {
            if (at == LateAt)
            {
                _late = Span.From(at);
                _isMissing = false;
            }
            else if (at == TooLongAt)
            {
                _tooLong = Span.From(at);
            }
            else if (at == _next)
            {
                ExpectNext();
            }
            else
            {
                _neverEnded = Span.From(at);
            }
        }
    }

    /// <inheritdoc/>
    public override bool FiresIn(long fromTicks, long toTicks) =>
        _late.End > fromTicks || _tooLong.End > fromTicks || _neverEnded.End > fromTicks || _tooShort.End > fromTicks;

    /// <inheritdoc/>
    public override long NextFiring(long fromTicks) => FiresIn(fromTicks, Never) ? fromTicks : TimerTicks;

    /// <inheritdoc/>
    public override bool IsOver(long ticks) => Spec.Schedule is null && !_isRunning && !FiresIn(ticks - 1, ticks);

    /// <inheritdoc/>
    public override void Tell(VectorBuilder[] values, Vector[] terms, long fromTicks, long toTicks)
    {
        var problems = new List<string>();
        Add(_late, _isMissing ? "missing" : "late");
        Add(_neverEnded, "never_ended");
        if (_neverEnded.End <= fromTicks)
        {
            Add(_tooLong, "too_long");
        }

        Add(_tooShort, "too_short");
        ((StringVectorBuilder)values[0]).Append(string.Join(", ", problems));
        long[] times = [_expected, _started, _ended];
        for (int time = 0; time < times.Length; time++)
        {
            if (times[time] == None)
            {
                values[1 + time].AppendNull();
            }
            else
            {
                ((FixedVectorBuilder<long>)values[1 + time]).Append(times[time]);
            }
        }

        void Add(Span span, string problem)
        {
            if (span.End > fromTicks)
            {
                problems.Add(problem);
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(_expected);
        writer.Write(_next);
        writer.Write(_hasBegun);
        writer.Write(_isMissing);
        writer.Write(_started);
        writer.Write(_ended);
        writer.Write(_neverEndedAt);
        writer.Write(_isRunning);
        _late.Write(writer);
        _tooLong.Write(writer);
        _neverEnded.Write(writer);
        _tooShort.Write(writer);
    }

    private void ExpectNext()
    {
        if (!_hasBegun)
        {
            _late = _late.IsOpen ? _late : Span.From(_next);
            _isMissing = true;
        }

        _expected = _next;
        _hasBegun = false;
        _next = _detector.NextAfter(_expected);
    }

    private void Begin(long ticks)
    {
        if (_isRunning)
        {
            _neverEnded = _neverEnded.IsOpen ? _neverEnded with { End = ticks } : new Span(ticks, ticks + 1);
            _tooLong = _tooLong.ClosedAt(ticks);
        }

        if (_next != Never && _next - ticks <= _detector.EarlyTicks)
        {
            ExpectNext();
        }

        _late = _late.ClosedAt(ticks);
        _hasBegun = true;
        _started = ticks;
        _ended = None;
        _isRunning = Spec.EndColumn is not null;
        long next = _detector.NextAfter(ticks + _detector.EarlyTicks);
        _neverEndedAt = next == Never ? Never : Math.Max(next, ticks + (Spec.Longest?.Ticks ?? 0));
    }

    private void End(long ticks)
    {
        if (Spec.Shortest is { } shortest && ticks - _started < shortest.Ticks)
        {
            _tooShort = new Span(ticks, ticks + 1);
        }

        _tooLong = _tooLong.ClosedAt(ticks);
        _neverEnded = _neverEnded.ClosedAt(ticks);
        _isRunning = false;
        _ended = ticks;
    }

    // The latest stretch of time a problem was there.
    private readonly record struct Span(long Start, long End)
    {
        public static Span Nothing { get; } = new(None, None);

        public bool IsOpen => End == Never;

        public static Span From(long ticks) => new(ticks, Never);

        public static Span Read(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadInt64());

        public Span ClosedAt(long ticks) => IsOpen ? this with { End = ticks } : this;

        public void Write(BinaryWriter writer)
        {
            writer.Write(Start);
            writer.Write(End);
        }
    }
}
