using Bongsu.Core.Vectors;

namespace Bongsu.Stream.Events;

/// <summary>One key of a <see cref="ChangeDetector"/>.</summary>
internal sealed class ChangeWatch : KeyWatch
{
    private readonly ChangeSpec _spec;
    private int _term = -1;
    private long _ticks = long.MinValue;
    private int _before = -1;
    private int _after = -1;
    private long _changedTicks = long.MinValue;
    private long _stretchTicks;
    private long _changes;

    public ChangeWatch(ChangeSpec spec)
    {
        _spec = spec;
    }

    public ChangeWatch(ChangeSpec spec, BinaryReader reader)
    {
        _spec = spec;
        _term = reader.ReadInt32();
        _ticks = reader.ReadInt64();
        _before = reader.ReadInt32();
        _after = reader.ReadInt32();
        _changedTicks = reader.ReadInt64();
        _stretchTicks = reader.ReadInt64();
        _changes = reader.ReadInt64();
    }

    /// <inheritdoc/>
    public override long SizeBytes => 88;

    /// <inheritdoc/>
    public override void Consume(in Event item, long stretchTicks)
    {
        if (_term >= 0 && _term != item.Mark && (_spec.Within is not { } within || item.Ticks - _ticks <= within.Ticks))
        {
            _changes = _stretchTicks == stretchTicks ? _changes + 1 : 1;
            _stretchTicks = stretchTicks;
            _changedTicks = item.Ticks;
            _before = _term;
            _after = item.Mark;
        }

        _term = item.Mark;
        _ticks = item.Ticks;
    }

    /// <inheritdoc/>
    public override bool FiresIn(long fromTicks, long toTicks) => _changedTicks >= fromTicks;

    /// <inheritdoc/>
    public override long NextFiring(long fromTicks) => long.MaxValue;

    /// <inheritdoc/>
    public override bool IsOver(long ticks) => _spec.Within is { } within && _ticks + within.Ticks < ticks && _changedTicks < ticks;

    /// <inheritdoc/>
    public override void Tell(VectorBuilder[] values, Vector[] terms, long fromTicks, long toTicks)
    {
        ((StringVectorBuilder)values[0]).Append(ChangeDetector.Text(terms, _before));
        ((StringVectorBuilder)values[1]).Append(ChangeDetector.Text(terms, _after));
        ((FixedVectorBuilder<long>)values[2]).Append(_changes);
        ((FixedVectorBuilder<long>)values[3]).Append(_changedTicks);
    }

    /// <inheritdoc/>
    public override void HoldTerms(bool[] isHeld)
    {
        foreach (int term in (ReadOnlySpan<int>)[_term, _before, _after])
        {
            if (term >= 0)
            {
                isHeld[term] = true;
            }
        }
    }

    /// <inheritdoc/>
    public override void RenumberTerms(int[] moved)
    {
        _term = _term < 0 ? _term : moved[_term];
        _before = _before < 0 ? _before : moved[_before];
        _after = _after < 0 ? _after : moved[_after];
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(_term);
        writer.Write(_ticks);
        writer.Write(_before);
        writer.Write(_after);
        writer.Write(_changedTicks);
        writer.Write(_stretchTicks);
        writer.Write(_changes);
    }
}
