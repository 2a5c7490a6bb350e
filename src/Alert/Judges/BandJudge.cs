using Bongsu.Alert.Bands;
using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Judges;

/// <summary>Holds each key's value against what was learnt of its past, and learns from it.</summary>
/// <remarks>
/// Models are not in the checkpoint: what the store holds teaches them again. What was told of windows that late rows may
/// still change is: a corrected value is held against the band of its time.
/// </remarks>
internal sealed class BandJudge : Judge
{
    private readonly BandSpec _spec;
    private readonly long _stepTicks;
    private readonly int _maxKeys;
    private readonly Func<SeriesModel> _newModel;
    private readonly SortedDictionary<long, Band[]> _told = [];
    private SeriesKeys _keys = new();
    private List<SeriesModel> _models = [];
    private List<bool> _isOutside = [];
    private bool _hasLearnt;
    private bool _wantsLearning;

    /// <summary>A judge that has not learnt.</summary>
    /// <param name="spec">What is judged.</param>
    /// <param name="windows">The windows; each is one point.</param>
    /// <param name="maxKeys">Most series; values of further ones are not judged.</param>
    public BandJudge(BandSpec spec, WindowSpec windows, int maxKeys)
    {
        _spec = spec;
        _stepTicks = windows.WindowTicks;
        _maxKeys = maxKeys;
        _newModel = spec.ModelFactory(TimeSpan.FromTicks(_stepTicks));
    }

    /// <inheritdoc/>
    public override bool IsQuiet => !_spec.IsZeroWithoutRows || _models.Count == 0;

    /// <inheritdoc/>
    public override bool IsWaiting => !Volatile.Read(ref _hasLearnt);

    /// <summary>Told what each window was held against, before its firing rows are; null = nobody.</summary>
    public Action<JudgedBands>? Judged { get; set; }

    /// <summary>True where so much has come since that learning again pays, for half of the series.</summary>
    public bool WantsLearning => Volatile.Read(ref _wantsLearning);

    /// <summary>Series it knows.</summary>
    public int SeriesCount => _models.Count;

    /// <summary>What it knows, to be handed on to a judge that takes its place.</summary>
    public LearntBands Learnt => new(_keys, _models);

    /// <summary>Bytes of its models, about.</summary>
    public long SizeBytes => _models.Sum(model => model.SizeBytes);

    /// <summary>Takes over what was learnt; what was told stays. On the stream's loop.</summary>
    public void Adopt(LearntBands learnt)
    {
        int[] numbers = learnt.Keys.Assign(_keys.Vectors(), _keys.Count);
        bool[] wasOutside = [.. _isOutside];
        _keys = learnt.Keys;
        _models = learnt.Models;
        AddModels();
        _isOutside = [.. _models.Select(_ => false)];
        for (int key = 0; key < wasOutside.Length; key++)
        {
            if (numbers[key] < _isOutside.Count)
            {
                _isOutside[numbers[key]] = wasOutside[key];
            }
        }

        foreach (long end in _told.Keys.ToArray())
        {
            var bands = new Band[_models.Count];
            for (int key = 0; key < Math.Min(_told[end].Length, numbers.Length); key++)
            {
                if (numbers[key] < bands.Length)
                {
                    bands[numbers[key]] = _told[end][key];
                }
            }

            _told[end] = bands;
        }

        Volatile.Write(ref _wantsLearning, false);
        Volatile.Write(ref _hasLearnt, true);
    }

    /// <inheritdoc/>
    public override Batch Fire(WindowResult result, IReadOnlyList<int> keyColumns)
    {
        var firing = new FiringRows(result.Rows.Schema, keyColumns, JudgeSpec.ValueColumn, "expected", "lower", "upper", "score");
        int[] numbers = Number(result.Rows, keyColumns);
        double[] values = [.. Enumerable.Repeat(_spec.IsZeroWithoutRows ? 0 : double.NaN, _models.Count)];
        Vector column = result.Rows[result.Rows.Schema.IndexOf(JudgeSpec.ValueColumn)];
        for (int row = 0; row < numbers.Length; row++)
        {
            if (numbers[row] < _models.Count)
            {
                double value = column.NumberAt(row);
                values[numbers[row]] = double.IsNaN(value) && _spec.IsZeroWithoutRows ? 0 : value;
            }
        }

        long ticks = result.EndTicks - _stepTicks;
        Band[] bands = result.IsCorrection ? TakeAgain(result.EndTicks, values) : Take(ticks, values);
        Vector[] keys = _keys.Vectors();
        Judged?.Invoke(new JudgedBands(result.EndTicks, result.IsCorrection, keys, values, bands));
        for (int key = 0; key < bands.Length; key++)
        {
            if (bands[key] is { Score: >= 1 } band)
            {
                firing.Add(keys, key, values[key], band.Expected, band.Lower, band.Upper, Math.Round(band.Score, 3));
            }
        }

        _told[result.EndTicks] = bands;
        while (_told.Count > 0 && _told.First().Key <= result.FinalThroughTicks)
        {
            _told.Remove(_told.First().Key);
        }

        if (!result.IsCorrection && ticks % TimeSpan.TicksPerHour < _stepTicks)
        {
            Volatile.Write(ref _wantsLearning, _models.Count(model => model.WantsLearning) * 2 > _models.Count);
        }

        return firing.Build();
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        _keys.Write(writer);
        writer.Write(_told.Count);
        foreach ((long end, Band[] bands) in _told)
        {
            writer.Write(end);
            writer.Write(bands.Length);
            foreach (Band band in bands)
            {
                writer.Write(band.Expected);
                writer.Write(band.Lower);
                writer.Write(band.Upper);
                writer.Write(band.IsReady);
                writer.Write(band.Score);
            }
        }
    }

    /// <inheritdoc/>
    public override void Read(BinaryReader reader)
    {
        _keys.Read(reader);
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            long end = reader.ReadInt64();
            var bands = new Band[reader.ReadInt32()];
            for (int band = 0; band < bands.Length; band++)
            {
                bands[band] = new Band(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean(), reader.ReadDouble());
            }

            _told.Add(end, bands);
        }
    }

    private Band[] Take(long ticks, double[] values)
    {
        var bands = new Band[values.Length];
        for (int key = 0; key < bands.Length; key++)
        {
            bands[key] = _models[key].Take(ticks, values[key], _isOutside[key]);
            _isOutside[key] = bands[key].Score >= 1;
        }

        return bands;
    }

    // Of a window nobody was told of there is nothing to hold a value against any more; nor of a key that came since.
    private Band[] TakeAgain(long endTicks, double[] values)
    {
        Band[] told = _told.GetValueOrDefault(endTicks) ?? [];
        var bands = new Band[Math.Min(told.Length, values.Length)];
        for (int key = 0; key < bands.Length; key++)
        {
            bands[key] = _models[key].TakeAgain(told[key], values[key]);
        }

        return bands;
    }

    private int[] Number(Batch rows, IReadOnlyList<int> keyColumns)
    {
        if (_keys.Assign(rows, keyColumns) is not { } numbers)
        {
            _models.Clear();
            _isOutside.Clear();
            _told.Clear();
            numbers = _keys.Assign(rows, keyColumns)!;
        }

        AddModels();
        return numbers;
    }

    private void AddModels()
    {
        while (_models.Count < Math.Min(_keys.Count, _maxKeys))
        {
            _models.Add(_newModel());
            _isOutside.Add(false);
        }
    }
}
