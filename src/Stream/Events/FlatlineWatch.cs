using Bongsu.Core.Vectors;

namespace Bongsu.Stream.Events;

/// <summary>One key of a <see cref="FlatlineDetector"/>.</summary>
internal sealed class FlatlineWatch : KeyWatch
{
    private readonly FlatlineSpec _spec;
    private RecentTimes _times;
    private long _fromTicks;
    private long _latest = long.MinValue;

    // End of the flat time that rows ended last, with what was told of it.
    private long _endedTicks = long.MinValue;
    private int _endedEvents;
    private long _endedLatest;

    public FlatlineWatch(FlatlineSpec spec, long fromTicks)
    {
        _spec = spec;
        _times = new RecentTimes(spec.Below);
        _fromTicks = fromTicks;
    }

    public FlatlineWatch(FlatlineSpec spec, BinaryReader reader)
    {
        _spec = spec;
        _times = RecentTimes.Read(reader, spec.Below);
        _fromTicks = reader.ReadInt64();
        _latest = reader.ReadInt64();
        _endedTicks = reader.ReadInt64();
        _endedEvents = reader.ReadInt32();
        _endedLatest = reader.ReadInt64();
    }

    /// <inheritdoc/>
    public override long SizeBytes => 96 + _times.SizeBytes;

    private long WithinTicks => _spec.Within.Ticks;

    // When it is flat, or was since, if no row comes.
    private long FlatTicks => (_times.IsFull ? Math.Max(_fromTicks, _times.Earliest) : _fromTicks) + WithinTicks;

    /// <inheritdoc/>
    public override void Consume(in Event item, long stretchTicks)
    {
        long end = _spec.ForgetsKeys ? FlatTicks + 1 : item.Ticks;
        if (FlatTicks < item.Ticks && _endedTicks < end) // of rows of one time the first ends it
        {
            _endedEvents = EventsBefore(end);
            _endedLatest = _latest;
            _endedTicks = end;
            if (_spec.ForgetsKeys)
            {
                _times = new RecentTimes(_spec.Below);
                _fromTicks = item.Ticks;
            }
        }

        _fromTicks = Math.Min(_fromTicks, item.Ticks); // a row from before the start
        _times.Add(item.Ticks);
        _latest = item.Ticks;
    }

    /// <inheritdoc/>
    public override bool FiresIn(long fromTicks, long toTicks) => IsFlatIn(fromTicks, toTicks) || _endedTicks > fromTicks;

    /// <inheritdoc/>
    public override long NextFiring(long fromTicks) => _spec.ForgetsKeys && FlatTicks < fromTicks
        ? long.MaxValue
        : Math.Max(fromTicks, FlatTicks);

    /// <inheritdoc/>
    public override bool IsOver(long ticks) => _spec.ForgetsKeys && FlatTicks < ticks;

    /// <inheritdoc/>
    public override void Tell(VectorBuilder[] values, Vector[] terms, long fromTicks, long toTicks)
    {
        bool isFlat = IsFlatIn(fromTicks, toTicks);
        long end = _spec.ForgetsKeys ? Math.Min(FlatTicks + 1, toTicks) : toTicks;
        ((FixedVectorBuilder<long>)values[0]).Append(isFlat ? EventsBefore(end) : _endedEvents);
        long latest = isFlat ? _latest : _endedLatest;
        if (latest == long.MinValue)
        {
            values[1].AppendNull();
        }
        else
        {
            ((FixedVectorBuilder<long>)values[1]).Append(latest);
        }
    }

    /// <inheritdoc/>
    public override KeyWatch Copy()
    {
        var copy = (FlatlineWatch)base.Copy();
        copy._times = _times.Copy();
        return copy;
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        _times.Write(writer);
        writer.Write(_fromTicks);
        writer.Write(_latest);
        writer.Write(_endedTicks);
        writer.Write(_endedEvents);
        writer.Write(_endedLatest);
    }

    private bool IsFlatIn(long fromTicks, long toTicks) =>
        FlatTicks < toTicks && (!_spec.ForgetsKeys || FlatTicks >= fromTicks);

    // Rows in the time up to the moment before one.
    private int EventsBefore(long ticks) => _times.CountAfter(ticks - 1 - WithinTicks);
}
