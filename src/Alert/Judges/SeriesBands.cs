using Bongsu.Alert.Bands;
using Bongsu.Core.Text;
using Bongsu.Core.Vectors;

namespace Bongsu.Alert.Judges;

/// <summary>The models of a rule's series, brought forward window by window. One owner.</summary>
/// <param name="spec">What is judged.</param>
/// <param name="stepTicks">Length of a window.</param>
/// <param name="maxKeys">Most series; further ones are not judged.</param>
internal sealed class SeriesBands(BandSpec spec, long stepTicks, int maxKeys)
{
    // Its place in lists, and its key.
    private const int BytesPerSeries = 64;

    private readonly Func<string, SeriesModel> _newModel = spec.ModelFactory(TimeSpan.FromTicks(stepTicks));
    private readonly List<SeriesModel> _models = [];
    private readonly List<LeftOutSpans> _leftOut = [];
    private readonly List<bool> _isOutside = [];
    private readonly List<bool> _hasBegun = [];
    private readonly LeftOutSpans? _leftOutOfAll = spec.Spans.All(span => span.Key.Count == 0) ? LeftOutSpans.Of(spec.Spans, [], [], 0) : null;

    /// <summary>The series; there may be more than models.</summary>
    public SeriesKeys Keys { get; } = new();

    /// <summary>Series with a model.</summary>
    public int Count => _models.Count;

    /// <summary>The history learnt ends here; <see cref="LearnTimes.Never"/> where nothing was.</summary>
    public long LearntToTicks { get; init; } = LearnTimes.Never;

    /// <summary>When the next history counts.</summary>
    public LearnTimes Times { get; init; } = new(long.MaxValue, 0);

    /// <summary>Bytes it holds, about.</summary>
    public long SizeBytes => _models.Sum(model => model.SizeBytes + BytesPerSeries);

    /// <summary>Adds the model of the next key, after it has learnt a history.</summary>
    /// <param name="keys">The vectors of <see cref="Keys"/>.</param>
    /// <param name="points">The history.</param>
    /// <param name="wasAlerting">Whether a slot was in an alert of the key; null = none was.</param>
    public void AddLearnt(Vector[] keys, ReadOnlySpan<BandPoint> points, Func<long, bool>? wasAlerting)
    {
        Add(keys, hasBegun: true);
        LeftOutSpans leftOut = _leftOut[^1];
        Func<long, bool>? isExcluded = leftOut == LeftOutSpans.None
            ? wasAlerting
            : ticks => leftOut.Touch(ticks, ticks + stepTicks) || wasAlerting?.Invoke(ticks) == true;
        _models[^1].Learn(points, isExcluded);
    }

    /// <summary>Forgets all series: their keys have other types now.</summary>
    public void Clear()
    {
        _models.Clear();
        _leftOut.Clear();
        _isOutside.Clear();
        _hasBegun.Clear();
    }

    /// <summary>Makes models of keys that have none yet.</summary>
    public void AddModels()
    {
        int count = Math.Min(Keys.Count, maxKeys);
        Vector[] keys = _models.Count < count ? Keys.Vectors() : [];
        while (_models.Count < count)
        {
            Add(keys, hasBegun: false);
        }
    }

    /// <summary>Judges the values of a window, then learns from them.</summary>
    /// <param name="endTicks">The window's end.</param>
    /// <param name="values">By series; NaN where it has none. A series is zero instead, once it had a value, where rows
    /// count.</param>
    /// <returns>By series; what has not begun is not ready.</returns>
    public Band[] Take(long endTicks, double[] values)
    {
        var bands = new Band[Math.Min(values.Length, _models.Count)];
        for (int key = 0; key < bands.Length; key++)
        {
            if (double.IsNaN(values[key]) && _hasBegun[key] && spec.IsZeroWithoutRows)
            {
                values[key] = 0;
            }

            _hasBegun[key] |= !double.IsNaN(values[key]);
            if (_hasBegun[key])
            {
                PointUse use = _leftOut[key].Touch(endTicks - stepTicks, endTicks) ? PointUse.Exclude
                    : _isOutside[key] ? PointUse.Alerting : PointUse.Train;
                bands[key] = _models[key].Take(endTicks - stepTicks, values[key], use);
                _isOutside[key] = bands[key].Score >= 1;
            }
        }

        return bands;
    }

    /// <summary>Judges values of a window that was judged before.</summary>
    /// <param name="told">What was said of it.</param>
    /// <param name="values">The values as they are now; none is zero where rows count.</param>
    public Band[] TakeAgain(ReadOnlySpan<Band> told, double[] values)
    {
        var bands = new Band[Math.Min(told.Length, Math.Min(values.Length, _models.Count))];
        for (int key = 0; key < bands.Length; key++)
        {
            if (double.IsNaN(values[key]) && spec.IsZeroWithoutRows)
            {
                values[key] = 0;
            }

            bands[key] = _models[key].TakeAgain(told[key], values[key]);
        }

        return bands;
    }

    private void Add(Vector[] keys, bool hasBegun)
    {
        int key = _models.Count;
        int column = spec.CalendarBy is null ? -1 : Array.IndexOf([.. Keys.Names], spec.CalendarBy);
        _models.Add(_newModel(column < 0 ? "" : ScalarText.Format(keys[column].GetScalar(key))));
        _leftOut.Add(_leftOutOfAll ?? LeftOutSpans.Of(spec.Spans, Keys.Names, keys, key));
        _isOutside.Add(false);
        _hasBegun.Add(hasBegun);
    }
}
