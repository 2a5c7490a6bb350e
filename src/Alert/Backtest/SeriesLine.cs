namespace Bongsu.Alert.Backtest;

/// <summary>Values of one key while they are taken down. Of the windows of a point, the one that fired is kept, or else the one nearest to
/// firing.</summary>
internal sealed class SeriesLine
{
    private readonly double[][] _values;
    private readonly double[] _nearness;

    /// <summary>A line without values.</summary>
    /// <param name="number">Of its key.</param>
    /// <param name="columns">Values a point.</param>
    /// <param name="points">Points.</param>
    public SeriesLine(int number, int columns, int points)
    {
        Number = number;
        _values = [.. Enumerable.Range(0, columns).Select(_ => Nothing(points))];
        _nearness = Nothing(points);
    }

    /// <summary>Number of its key.</summary>
    public int Number { get; }

    /// <summary>Windows it fired in.</summary>
    public int FiringWindows { get; private set; }

    /// <summary>How near to firing it came: firing windows first.</summary>
    public (int FiringWindows, double Nearest) Interest => (FiringWindows, Nearest);

    /// <summary>For each column, a number a point.</summary>
    public IReadOnlyList<double[]> Values => _values;

    private double Nearest { get; set; } = double.NegativeInfinity;

    /// <summary>Takes down a window.</summary>
    /// <param name="point">Its point.</param>
    /// <param name="values">Its values.</param>
    /// <param name="nearness">The greater the nearer to firing; <see cref="double.PositiveInfinity"/> where it fires.</param>
    /// <param name="replaces">True where it is the only window of its point.</param>
    public void Note(int point, ReadOnlySpan<double> values, double nearness, bool replaces)
    {
        if (!replaces && !double.IsNaN(_nearness[point]) && nearness <= _nearness[point])
        {
            return;
        }

        _nearness[point] = nearness;
        for (int column = 0; column < values.Length; column++)
        {
            _values[column][point] = values[column];
        }

        if (!double.IsPositiveInfinity(nearness))
        {
            Nearest = Math.Max(Nearest, nearness);
        }
    }

    /// <summary>A window of it fires.</summary>
    /// <param name="point">Its point.</param>
    /// <param name="values">Its values; NaN where they are not known here.</param>
    /// <param name="isFirst">False where the window was told before.</param>
    public void Fire(int point, ReadOnlySpan<double> values, bool isFirst)
    {
        FiringWindows += isFirst ? 1 : 0;
        bool isKnown = !double.IsNaN(_nearness[point]) && _values.All(column => !double.IsNaN(column[point]));
        if (!double.IsPositiveInfinity(_nearness[point]) || !isKnown)
        {
            for (int column = 0; column < values.Length; column++)
            {
                _values[column][point] = double.IsNaN(values[column]) ? _values[column][point] : values[column];
            }
        }

        _nearness[point] = double.PositiveInfinity;
    }

    private static double[] Nothing(int points)
    {
        double[] values = new double[points];
        Array.Fill(values, double.NaN);
        return values;
    }
}
