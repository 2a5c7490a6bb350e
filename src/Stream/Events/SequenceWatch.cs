using Bongsu.Core.Vectors;

namespace Bongsu.Stream.Events;

/// <summary>One key of a <see cref="SequenceDetector"/>.</summary>
internal sealed class SequenceWatch : KeyWatch
{
    // Of waits that begin closer together than this share of the time, the first stands for all.
    private const int MaxWaits = 256;

    private const long None = long.MinValue;

    private readonly SequenceDetector _detector;

    // For each row of a match: the latest time at which a part match up to it began, and rows of each step before that.
    private long[] _begins;
    private long[] _rowsBefore;
    private long[] _rows;
    private Queue<SequenceMatch> _waiting = new();
    private SequenceMatch? _latestWait;
    private SequenceMatch? _match;

    public SequenceWatch(SequenceDetector detector)
    {
        _detector = detector;
        _begins = new long[detector.StepOfRow.Length];
        _rows = new long[detector.Steps.Count];
        _rowsBefore = new long[_begins.Length * _rows.Length];
        Array.Fill(_begins, None);
    }

    public SequenceWatch(SequenceDetector detector, BinaryReader reader)
        : this(detector)
    {
        for (int row = 0; row < _begins.Length; row++)
        {
            _begins[row] = reader.ReadInt64();
        }

        foreach (long[] numbers in (ReadOnlySpan<long[]>)[_rowsBefore, _rows])
        {
            for (int index = 0; index < numbers.Length; index++)
            {
                numbers[index] = reader.Read7BitEncodedInt64();
            }
        }

        for (int count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            _waiting.Enqueue(_latestWait = SequenceMatch.Read(reader, _rows.Length));
        }

        _match = reader.ReadBoolean() ? SequenceMatch.Read(reader, _rows.Length) : null;
    }

    /// <inheritdoc/>
    public override long TimerTicks => _waiting.TryPeek(out SequenceMatch? next) ? next.AtTicks : long.MaxValue;

    /// <inheritdoc/>
    public override long SizeBytes =>
        200 + (8L * (_begins.Length + _rowsBefore.Length + _rows.Length)) + (_waiting.Count * (64L + (8 * _rows.Length)));

    /// <inheritdoc/>
    public override void Consume(in Event item, long stretchTicks)
    {
        if ((item.Mark & _detector.AbsentBit) != 0)
        {
            _waiting.Clear();
        }

        // The furthest first, so that a row takes part once.
        for (int row = _begins.Length - 1; row >= 0; row--)
        {
            if ((item.Mark & (1 << _detector.StepOfRow[row])) == 0)
            {
                continue;
            }

            if (row == 0)
            {
                _begins[0] = item.Ticks;
                _rows.CopyTo(_rowsBefore, 0);
            }
            else if (_begins[row - 1] != None && item.Ticks - _begins[row - 1] <= _detector.WithinTicks)
            {
                _begins[row] = _begins[row - 1];
                Array.Copy(_rowsBefore, (row - 1) * _rows.Length, _rowsBefore, row * _rows.Length, _rows.Length);
            }
        }

        for (int step = 0; step < _rows.Length; step++)
        {
            _rows[step] += (item.Mark >> step) & 1;
        }

        if (_begins[^1] != None)
        {
            Complete(item.Ticks);
        }
    }

    /// <inheritdoc/>
    public override void Advance(long ticks, long stretchTicks)
    {
        while (TimerTicks < ticks)
        {
            _match = _waiting.Dequeue();
        }
    }

    /// <inheritdoc/>
    public override bool FiresIn(long fromTicks, long toTicks) => _match?.AtTicks >= fromTicks;

    /// <inheritdoc/>
    public override long NextFiring(long fromTicks) => TimerTicks;

    /// <inheritdoc/>
    public override bool IsOver(long ticks) =>
        _waiting.Count == 0 && (_match is null || _match.AtTicks < ticks) &&
        Array.TrueForAll(_begins, begin => begin == None || begin + _detector.WithinTicks < ticks);

    /// <inheritdoc/>
    public override void Tell(VectorBuilder[] values, Vector[] terms, long fromTicks, long toTicks)
    {
        ((FixedVectorBuilder<long>)values[0]).Append(_match!.FirstTicks);
        ((FixedVectorBuilder<long>)values[1]).Append(_match.LastTicks);
        for (int step = 0; step < _rows.Length; step++)
        {
            ((FixedVectorBuilder<long>)values[2 + step]).Append(_match.Rows[step]);
        }
    }

    /// <inheritdoc/>
    public override KeyWatch Copy()
    {
        var copy = (SequenceWatch)base.Copy();
        copy._begins = (long[])_begins.Clone();
        copy._rowsBefore = (long[])_rowsBefore.Clone();
        copy._rows = (long[])_rows.Clone();
        copy._waiting = new Queue<SequenceMatch>(_waiting);
        return copy;
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        foreach (long begin in _begins)
        {
            writer.Write(begin);
        }

        foreach (long[] numbers in (ReadOnlySpan<long[]>)[_rowsBefore, _rows])
        {
            foreach (long number in numbers)
            {
                writer.Write7BitEncodedInt64(number);
            }
        }

        writer.Write7BitEncodedInt(_waiting.Count);
        foreach (SequenceMatch waiting in _waiting)
        {
            waiting.Write(writer);
        }

        writer.Write(_match is not null);
        _match?.Write(writer);
    }

    private void Complete(long ticks)
    {
        var rows = new long[_rows.Length];
        for (int step = 0; step < rows.Length; step++)
        {
            rows[step] = _rows[step] - _rowsBefore[((_begins.Length - 1) * rows.Length) + step];
        }

        long at = _detector.AbsentBit == 0 ? ticks : ticks + _detector.WithinTicks;
        var match = new SequenceMatch(at, _begins[^1], ticks, rows);
        Array.Fill(_begins, None);
        if (_detector.AbsentBit == 0)
        {
            _match = match;
        }
        else if (_waiting.Count == 0 || at - _latestWait!.AtTicks >= _detector.WithinTicks / MaxWaits)
        {
            _waiting.Enqueue(_latestWait = match);
        }
    }
}
