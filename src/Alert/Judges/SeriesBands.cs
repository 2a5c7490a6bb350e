using Bongsu.Alert.Bands;

namespace Bongsu.Alert.Judges;

/// <summary>The models of a rule's series, brought forward window by window. One owner.</summary>
/// <param name="spec">What is judged.</param>
/// <param name="stepTicks">Length of a window.</param>
/// <param name="maxKeys">Most series; further ones are not judged.</param>
internal sealed class SeriesBands(BandSpec spec, long stepTicks, int maxKeys)
{
    // Its place in lists, and its key.
    private const int BytesPerSeries = 64;

    private readonly Func<SeriesModel> _newModel = spec.ModelFactory(TimeSpan.FromTicks(stepTicks));
    private readonly List<SeriesModel> _models = [];
    private readonly List<bool> _isOutside = [];
    private readonly List<bool> _hasBegun = [];

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

    /// <summary>A model that knows nothing.</summary>
    public SeriesModel NewModel() => _newModel();

    /// <summary>Adds a model that has learnt; its key's number is the next.</summary>
    public void Add(SeriesModel model)
    {
        _models.Add(model);
        _isOutside.Add(false);
        _hasBegun.Add(true);
    }

    /// <summary>Forgets all series: their keys have other types now.</summary>
    public void Clear()
    {
        _models.Clear();
        _isOutside.Clear();
        _hasBegun.Clear();
    }

    /// <summary>Makes models of keys that have none yet.</summary>
    public void AddModels()
    {
        while (_models.Count < Math.Min(Keys.Count, maxKeys))
        {
            Add(NewModel());
            _hasBegun[^1] = false;
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
                bands[key] = _models[key].Take(endTicks - stepTicks, values[key], _isOutside[key]);
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
}
