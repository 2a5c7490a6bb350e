using Bongsu.Core.Vectors;

namespace Bongsu.Stream.Events;

/// <summary>One key of a <see cref="FrequencyDetector"/>.</summary>
internal sealed class FrequencyWatch : KeyWatch
{
    private readonly FrequencySpec _spec;
    private RecentTimes _times;
    private long _first;
    private long _last = long.MinValue;
    private long _events;
    private long _eventsSince;

    public FrequencyWatch(FrequencySpec spec)
    {
        _spec = spec;
        _times = new RecentTimes(spec.Count);
    }

    public FrequencyWatch(FrequencySpec spec, BinaryReader reader)
    {
        _spec = spec;
        _times = RecentTimes.Read(reader, spec.Count);
        _first = reader.ReadInt64();
        _last = reader.ReadInt64();
        _events = reader.ReadInt64();
        _eventsSince = reader.ReadInt64();
    }

    /// <inheritdoc/>
    public override long SizeBytes => 80 + _times.SizeBytes;

    private long WithinTicks => _spec.Within.Ticks;

    /// <inheritdoc/>
    public override void Consume(in Event item, long stretchTicks)
    {
        _times.Add(item.Ticks);
        _times.RemoveBefore(item.Ticks - WithinTicks);
        _eventsSince += item.Weight;
        if (!_times.IsFull)
        {
            return;
        }

        if (IsFiring(item.Ticks))
        {
            _events += _eventsSince;
        }
        else
        {
            _first = _times.Earliest;
            _events = _spec.Count;
        }

        _eventsSince = 0;
        _last = item.Ticks;
    }

    /// <inheritdoc/>
    public override bool FiresIn(long fromTicks, long toTicks) => IsFiring(fromTicks);

    /// <inheritdoc/>
    public override long NextFiring(long fromTicks) => IsFiring(fromTicks) ? fromTicks : long.MaxValue;

    /// <inheritdoc/>
    public override bool IsOver(long ticks) => !IsFiring(ticks) && (_times.Count == 0 || _times.Latest + WithinTicks < ticks);

    /// <inheritdoc/>
    public override void Tell(VectorBuilder[] values, Vector[] terms, long fromTicks, long toTicks)
    {
        ((FixedVectorBuilder<long>)values[0]).Append(_events);
        ((FixedVectorBuilder<long>)values[1]).Append(_first);
        ((FixedVectorBuilder<long>)values[2]).Append(_last);
    }

    /// <inheritdoc/>
    public override KeyWatch Copy()
    {
        var copy = (FrequencyWatch)base.Copy();
        copy._times = _times.Copy();
        return copy;
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        _times.Write(writer);
        foreach (long number in (ReadOnlySpan<long>)[_first, _last, _events, _eventsSince])
        {
            writer.Write(number);
        }
    }

    private bool IsFiring(long ticks) => _last != long.MinValue && ticks - WithinTicks < _last;
}
