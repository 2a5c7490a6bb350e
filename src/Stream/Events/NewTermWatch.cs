using Bongsu.Core.Vectors;

namespace Bongsu.Stream.Events;

/// <summary>One term of a <see cref="NewTermDetector"/>.</summary>
internal sealed class NewTermWatch : KeyWatch
{
    private readonly NewTermSpec _spec;
    private long _lastTicks = long.MinValue;
    private long _newTicks = long.MinValue;

    public NewTermWatch(NewTermSpec spec)
    {
        _spec = spec;
    }

    public NewTermWatch(NewTermSpec spec, BinaryReader reader)
    {
        _spec = spec;
        _lastTicks = reader.ReadInt64();
        _newTicks = reader.ReadInt64();
    }

    /// <inheritdoc/>
    public override long SizeBytes => 48;

    /// <inheritdoc/>
    public override void Consume(in Event item, long stretchTicks)
    {
        if (_lastTicks == long.MinValue || item.Ticks - _lastTicks > _spec.LookBack.Ticks)
        {
            _newTicks = item.Ticks;
        }

        _lastTicks = item.Ticks;
    }

    /// <inheritdoc/>
    public override bool FiresIn(long fromTicks, long toTicks) => _newTicks >= fromTicks;

    /// <inheritdoc/>
    public override long NextFiring(long fromTicks) => long.MaxValue;

    /// <inheritdoc/>
    public override bool IsOver(long ticks) => _lastTicks + _spec.LookBack.Ticks < ticks;

    /// <inheritdoc/>
    public override void Tell(VectorBuilder[] values, Vector[] terms, long fromTicks, long toTicks) =>
        ((FixedVectorBuilder<long>)values[0]).Append(_newTicks);

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(_lastTicks);
        writer.Write(_newTicks);
    }
}
