using System.Runtime.CompilerServices;
using Bongsu.Alert.Bands;
using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Judges;

/// <summary>Holds each key's value against what was learnt of its past, and learns from it.</summary>
/// <remarks>
/// Models are not in the checkpoint: what the store holds teaches them again, the same history and the same windows after it
/// (<see cref="LearnTimes"/>). What the store does not know are values that late rows have changed since they were judged. A
/// corrected value is held against the band of its time.
/// </remarks>
internal sealed class BandJudge : Judge
{
    private readonly BandSpec _spec;
    private readonly WindowSpec _windows;
    private SortedDictionary<long, ToldBands> _told = [];
    private SeriesBands _series;
    private SeriesKeys _firstKeys = new();
    private FirstValues _first = new();
    private long _throughTicks;
    private long _sizeBytes;
    private bool _hasLearnt;
    private bool _isBehind;

    /// <summary>A judge that has not learnt.</summary>
    /// <param name="spec">What is judged.</param>
    /// <param name="windows">The windows; each is one point.</param>
    /// <param name="maxKeys">Most series; values of further ones are not judged.</param>
    public BandJudge(BandSpec spec, WindowSpec windows, int maxKeys)
    {
        _spec = spec;
        _windows = windows;
        _series = new SeriesBands(spec, windows.WindowTicks, maxKeys);
    }

    /// <inheritdoc/>
    /// <remarks>Models take silent windows too: late rows may fall into them, and they are among those followed after a
    /// restart.</remarks>
    public override bool IsQuiet => _hasLearnt ? _series.Count == 0 : !_spec.IsZeroWithoutRows;

    /// <inheritdoc/>
    public override bool IsWaiting => !Volatile.Read(ref _hasLearnt) || Volatile.Read(ref _isBehind);

    /// <summary>Told what each window was held against, before its firing rows are; null = nobody.</summary>
    public Action<JudgedBands>? Judged { get; set; }

    /// <summary>Learns at once what a window that ends then is judged by; null = windows wait until someone does.</summary>
    public Func<long, LearntBands>? LearnNow { get; set; }

    /// <summary>Series it knows.</summary>
    public int SeriesCount => Volatile.Read(ref _series).Count;

    /// <summary>The models. Only what never changes of them may be looked at by other threads than the stream's.</summary>
    public SeriesBands Series => Volatile.Read(ref _series);

    /// <summary>Bytes of its models and of what was told, about, after the last window. Any thread.</summary>
    public long SizeBytes => Interlocked.Read(ref _sizeBytes);

    /// <summary>What it knows that the store does not. On the stream's loop.</summary>
    /// <param name="throughTicks">End of the last window that is over and waits nowhere.</param>
    public BandPast Past(long throughTicks) => new(Math.Max(_throughTicks, throughTicks), _firstKeys, _first.Copy());

    /// <summary>Takes over what was learnt; what was told stays. On the stream's loop.</summary>
    public void Adopt(LearntBands learnt)
    {
        int[] numbers = learnt.Series.Keys.NumbersIn(_series.Keys);
        var told = new SortedDictionary<long, ToldBands>(learnt.Told);
        foreach ((long end, ToldBands bands) in _told)
        {
            told[end] = bands.Renumbered(numbers);
        }

        _told = told;
        _throughTicks = Math.Max(_throughTicks, learnt.ThroughTicks);
        _first.ForgetThrough(learnt.Series.LearntToTicks);
        Volatile.Write(ref _series, learnt.Series);
        NoteSize();
        Volatile.Write(ref _isBehind, false);
        Volatile.Write(ref _hasLearnt, true);
    }

    /// <summary>Takes the place of a judge of the same series. On the stream's loop.</summary>
    public void TakeOver(BandJudge other)
    {
        _told = other._told;
        _firstKeys = other._firstKeys;
        _first = other._first;
        _throughTicks = other._throughTicks;
        Volatile.Write(ref _series, other._series);
        NoteSize();
        Volatile.Write(ref _hasLearnt, true);
    }

    /// <inheritdoc/>
    public override bool IsReadyFor(WindowResult result)
    {
        bool isNext = _series.Times.For(result.EndTicks) == _series.LearntToTicks && Follows(result.EndTicks);
        bool isReady = _hasLearnt && (result.IsCorrection || isNext);
        if (!isReady && LearnNow is { } learn)
        {
            Adopt(learn(result.EndTicks));
            return true;
        }

        Volatile.Write(ref _isBehind, !isReady);
        return isReady;
    }

    /// <inheritdoc/>
    public override Batch Fire(WindowResult result, IReadOnlyList<int> keyColumns)
    {
        var firing = new FiringRows(result.Rows.Schema, keyColumns, JudgeSpec.ValueColumn, "expected", "lower", "upper", "score");
        if (!result.IsCorrection && result.EndTicks <= _throughTicks)
        {
            return firing.Build(); // judged already
        }

        double[] values = ValuesOf(result.Rows, keyColumns);
        Band[] bands = result.IsCorrection ? TakeAgain(result.EndTicks, values) : Take(result.EndTicks, values);
        Vector[] keys = _series.Keys.Vectors();
        Judged?.Invoke(new JudgedBands(result.EndTicks, result.IsCorrection, keys, values, bands));
        for (int key = 0; key < bands.Length; key++)
        {
            if (bands[key] is { Score: >= 1 } band)
            {
                firing.Add(keys, key, values[key], band.Expected, band.Lower, band.Upper, Math.Round(band.Score, 3));
            }
        }

        while (_told.Count > 0 && _told.First().Key <= result.FinalThroughTicks)
        {
            _told.Remove(_told.First().Key);
        }

        NoteSize();
        return firing.Build();
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(_spec.HistoryQuery);
        writer.Write(_windows.WindowTicks);
        _firstKeys.Write(writer);
        _first.Write(writer);
    }

    /// <inheritdoc/>
    public override void Read(BinaryReader reader)
    {
        bool isSame = reader.ReadString() == _spec.HistoryQuery;
        isSame &= reader.ReadInt64() == _windows.WindowTicks;
        var keys = new SeriesKeys();
        keys.Read(reader);
        var first = new FirstValues();
        first.Read(reader);
        if (isSame)
        {
            (_firstKeys, _first) = (keys, first);
        }
    }

    // The table may have been silent from the last window learnt from to the first that is told.
    private bool Follows(long endTicks) => _series.Count == 0 || endTicks <= _throughTicks + _windows.EveryTicks;

    private Band[] Take(long endTicks, double[] values)
    {
        Band[] bands = _series.Take(endTicks, values);
        _told[endTicks] = new ToldBands(bands, values);
        _throughTicks = endTicks;
        return bands;
    }

    // Of a window nobody was told of there is nothing to hold a value against any more; nor of a key that came since.
    private Band[] TakeAgain(long endTicks, double[] values)
    {
        if (!_told.TryGetValue(endTicks, out ToldBands? told))
        {
            return [];
        }

        int[] changed = [.. Enumerable.Range(0, values.Length).Where(key => !double.IsNaN(values[key]) && !values[key].Equals(told.ValueOf(key)))];
        if (changed.Length > 0)
        {
            int[] numbers = _firstKeys.Assign([.. _series.Keys.Vectors().Select(keys => keys.Gather(changed))], changed.Length);
            for (int index = 0; index < changed.Length; index++)
            {
                _first.Note(endTicks, numbers[index], told.ValueOf(changed[index]));
            }
        }

        return _series.TakeAgain(told.Bands, values);
    }

    private double[] ValuesOf(Batch rows, IReadOnlyList<int> keyColumns)
    {
        if (_series.Keys.Assign(rows, keyColumns) is not { } numbers)
        {
            _series.Clear();
            _told.Clear();
            (_firstKeys, _first) = (new SeriesKeys(), new FirstValues());
            numbers = _series.Keys.Assign(rows, keyColumns)!;
        }

        _series.AddModels();
        double[] values = new double[_series.Count];
        Array.Fill(values, double.NaN);
        Vector column = rows[rows.Schema.IndexOf(JudgeSpec.ValueColumn)];
        for (int row = 0; row < numbers.Length; row++)
        {
            if (numbers[row] < values.Length)
            {
                double value = column.NumberAt(row);
                values[numbers[row]] = double.IsNaN(value) && _spec.IsZeroWithoutRows ? 0 : value;
            }
        }

        return values;
    }

    private void NoteSize() => Interlocked.Exchange(
        ref _sizeBytes, _series.SizeBytes + _told.Values.Sum(told => (long)told.Bands.Length * (Unsafe.SizeOf<Band>() + sizeof(double))));
}
