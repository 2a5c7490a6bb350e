using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Judges;

/// <summary>Holds each value against that of the window before. Keys that only just came have no past to be held
/// against.</summary>
internal sealed class SpikeJudge : Judge
{
    private const int Spare = 1_000;
    private const long Unseen = long.MaxValue;

    private readonly SpikeSpec _spec;
    private readonly WindowSpec _windows;
    private readonly SeriesKeys _keys = new();
    private readonly List<long> _firstEnds = [];
    private readonly List<long> _lastEnds = [];
    private long _firstEnd = Unseen;
    private bool _hasBegun;

    public SpikeJudge(SpikeSpec spec, WindowSpec windows)
    {
        _spec = spec;
        _windows = windows;
    }

    /// <inheritdoc/>
    public override bool IsQuiet => true;

    /// <inheritdoc/>
    public override Batch Fire(WindowResult result, IReadOnlyList<int> keyColumns)
    {
        Batch before = result.Before!;
        int[] currentKeys = Number(result, result.Rows, keyColumns, isBefore: false);
        int[] beforeKeys = Number(result, before, keyColumns, isBefore: true);
        var beforeByKey = new Dictionary<int, int>(beforeKeys.Length);
        for (int row = 0; row < beforeKeys.Length; row++)
        {
            beforeByKey[beforeKeys[row]] = row;
        }

        var firing = new FiringRows(result.Rows.Schema, keyColumns, JudgeSpec.ValueColumn, "before", "ratio");
        Vector[] keys = [.. keyColumns.Select(column => result.Rows[column])];
        for (int row = 0; row < currentKeys.Length; row++)
        {
            double past = beforeByKey.Remove(currentKeys[row], out int beforeRow) ? ValueOf(before, beforeRow) : Absent;
            Add(firing, keys, row, currentKeys[row], ValueOf(result.Rows, row), past, result.EndTicks);
        }

        keys = [.. keyColumns.Select(column => before[column])];
        foreach ((int key, int row) in beforeByKey.OrderBy(pair => pair.Value))
        {
            Add(firing, keys, row, key, Absent, ValueOf(before, row), result.EndTicks);
        }

        _hasBegun = true;
        Forget(result.EndTicks);
        return firing.Build();
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(_hasBegun);
        writer.Write(_firstEnd);
        _keys.Write(writer);
        for (int key = 0; key < _keys.Count; key++)
        {
            writer.Write(_firstEnds[key]);
            writer.Write(_lastEnds[key]);
        }
    }

    /// <inheritdoc/>
    public override void Read(BinaryReader reader)
    {
        _hasBegun = reader.ReadBoolean();
        _firstEnd = reader.ReadInt64();
        _keys.Read(reader);
        for (int key = 0; key < _keys.Count; key++)
        {
            _firstEnds.Add(reader.ReadInt64());
            _lastEnds.Add(reader.ReadInt64());
        }
    }

    private double Absent => _spec.IsZeroWithoutRows ? 0 : double.NaN;

    private static double ValueOf(Batch rows, int row) => rows[rows.Schema.IndexOf(JudgeSpec.ValueColumn)].NumberAt(row);

    // The end of the first window with a key from when on it is judged.
    private long OldFrom(long firstEnd) => firstEnd == Unseen ? Unseen : firstEnd + (2 * _windows.WindowTicks) - _windows.EveryTicks;

    private void Add(FiringRows firing, Vector[] keys, int row, int key, double value, double before, long endTicks)
    {
        // A new key has nothing to be held against; the rule itself has, once any key is old.
        if (endTicks < OldFrom(_spec.TellsNewKeys ? _firstEnd : _firstEnds[key]))
        {
            return;
        }

        bool isJudged = value >= (_spec.MinCurrent ?? double.NegativeInfinity) && before >= (_spec.MinBefore ?? double.NegativeInfinity);
        bool isUp = _spec.Direction != Direction.Down && value >= before * _spec.Height && value > before;
        bool isDown = _spec.Direction != Direction.Up && value <= before / _spec.Height && value < before;
        if (isJudged && (isUp || isDown))
        {
            firing.Add(keys, row, value, before, value / before);
        }
    }

    // A key begins with its first value that is not nothing. One that has a past when the rule begins is taken to be old.
    private int[] Number(WindowResult result, Batch rows, IReadOnlyList<int> keyColumns, bool isBefore)
    {
        long endTicks = result.EndTicks;
        if (_keys.Assign(rows, keyColumns) is not { } numbers)
        {
            _firstEnds.Clear();
            _lastEnds.Clear();
            numbers = _keys.Assign(rows, keyColumns)!;
        }

        for (int row = 0; row < numbers.Length; row++)
        {
            int key = numbers[row];
            if (key >= _firstEnds.Count)
            {
                _firstEnds.Add(Unseen);
                _lastEnds.Add(endTicks);
            }

            if (ValueOf(rows, row) is 0 or double.NaN)
            {
                continue;
            }

            long firstEnd = isBefore && !_hasBegun ? endTicks - (2 * _windows.WindowTicks) : endTicks;
            if (firstEnd < _firstEnd)
            {
                Recheck(result, firstEnd, _firstEnd);
                _firstEnd = firstEnd;
            }

            if (firstEnd < _firstEnds[key])
            {
                Recheck(result, firstEnd, _firstEnds[key]);
                _firstEnds[key] = firstEnd;
            }

            _lastEnds[key] = Math.Max(_lastEnds[key], endTicks);
        }

        return numbers;
    }

    // A late row made a key older than it was when later windows were judged.
    private void Recheck(WindowResult result, long firstEnd, long knownEnd)
    {
        if (knownEnd != Unseen)
        {
            result.Recheck?.Invoke(Math.Max(OldFrom(firstEnd), result.EndTicks + 1), OldFrom(knownEnd));
        }
    }

    // A key that was in neither window for a while is new when it comes again.
    private void Forget(long endTicks)
    {
        long before = endTicks - (2 * _windows.WindowTicks);
        if (_keys.Count < Spare || _lastEnds.Count(end => end < before) * 2 < _keys.Count)
        {
            return;
        }

        int[] kept = [.. Enumerable.Range(0, _keys.Count).Where(key => _lastEnds[key] >= before)];
        _keys.Keep(kept);
        long[] firstEnds = [.. kept.Select(key => _firstEnds[key])];
        long[] lastEnds = [.. kept.Select(key => _lastEnds[key])];
        _firstEnds.Clear();
        _firstEnds.AddRange(firstEnds);
        _lastEnds.Clear();
        _lastEnds.AddRange(lastEnds);
    }
}
