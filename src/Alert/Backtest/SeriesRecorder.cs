using System.Text.Json.Nodes;
using Bongsu.Alert.Alerts;
using Bongsu.Alert.Bands;
using Bongsu.Alert.Judges;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Stream;
using Bongsu.Stream.Plans;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Backtest;

/// <summary>Takes down the values of a rule's windows for a chart, in bounded memory. Stands before the judge and the rule's
/// state.</summary>
internal sealed class SeriesRecorder : WindowConsumer
{
    private const int MaxPoints = 2_000;
    private const int MaxColumns = 6;
    private const int MaxLines = 10;

    // 64 MB of numbers while it runs: some thousand keys; and past so many keys none is looked for any more.
    private const int MaxNumbers = 8_000_000;
    private const int MaxKeys = 1_000_000;

    private static readonly string[] s_bandColumns = [JudgeSpec.ValueColumn, "expected", "lower", "upper"];
    private static readonly string[] s_spikeColumns = [JudgeSpec.ValueColumn, "before"];

    private readonly long _firstEnd;
    private readonly long _lastEnd;
    private readonly long _everyTicks;
    private readonly int _windowsPerPoint;
    private readonly int _points;
    private readonly SeriesKeys _keys = new();
    private readonly Dictionary<int, SeriesLine> _lines = [];
    private ContinuousQuery? _query;
    private Judge? _judge;
    private WindowConsumer? _told;
    private string[]? _columns;
    private Schema? _schema;
    private int[] _positions = [];
    private Threshold[] _bounds = [];

    /// <summary>A recorder of a span.</summary>
    public SeriesRecorder(long fromTicks, long toTicks, WindowSpec windows)
    {
        _everyTicks = windows.EveryTicks;
        _firstEnd = windows.EndAtOrBefore(fromTicks) + _everyTicks;
        _lastEnd = Math.Max(_firstEnd, windows.EndAtOrBefore(toTicks));
        long count = ((_lastEnd - _firstEnd) / _everyTicks) + 1;
        _windowsPerPoint = (int)((count + MaxPoints - 1) / MaxPoints);
        _points = (int)((count + _windowsPerPoint - 1) / _windowsPerPoint);
    }

    /// <inheritdoc/>
    public override bool IsQuiet => _told!.IsQuiet;

    /// <inheritdoc/>
    public override bool HasPending => _told!.HasPending;

    private int LineCapacity => Math.Max(MaxLines * 4, MaxNumbers / (_points * (_columns!.Length + 1)));

    /// <summary>Says who is told next.</summary>
    public WindowConsumer Before(WindowConsumer told)
    {
        _told = told;
        return this;
    }

    /// <summary>Says whose values it takes down.</summary>
    public void Attach(ContinuousQuery query, Judge? judge)
    {
        _query = query;
        _judge = judge;
        if (judge is BandJudge bands)
        {
            bands.Judged = Note;
        }
    }

    /// <inheritdoc/>
    public override bool Consume(WindowResult result)
    {
        if (IsInside(result.EndTicks) && !result.IsEarly && _keys.Count < MaxKeys)
        {
            if (_judge is SpikeJudge)
            {
                NoteSpike(result);
            }
            else if (_judge is null && result.Values is { RowCount: > 0 } values)
            {
                Note(values, result);
            }
        }

        return _told!.Consume(result);
    }

    /// <summary>Takes down rows that fire.</summary>
    public void NoteFiring(WindowResult result)
    {
        if (result.Rows.RowCount == 0 || !IsInside(result.EndTicks) || _keys.Count >= MaxKeys)
        {
            return;
        }

        Prepare(result.Rows.Schema);
        int[] numbers = Number(result.Rows);
        Span<double> values = stackalloc double[MaxColumns];
        for (int row = 0; row < numbers.Length; row++)
        {
            if (LineOf(numbers[row], isFiring: true) is { } line)
            {
                line.Fire(PointOf(result.EndTicks), Read(result.Rows, row, values), !result.IsCorrection);
            }
        }
    }

    /// <summary>What was taken down.</summary>
    public BacktestSeries Build() => new()
    {
        StartTicks = _firstEnd + ((_windowsPerPoint - 1) * _everyTicks),
        StepTicks = _windowsPerPoint * _everyTicks,
        Points = _points,
        WindowsPerPoint = _windowsPerPoint,
        Columns = _columns ?? [],
        Thresholds = _query!.Plan?.Thresholds ?? [],
        KeyCount = _keys.Count,
        Lines = [.. _lines.Values
            .OrderByDescending(line => line.Interest).ThenBy(line => line.Number).Take(MaxLines)
            .Select(line => new BacktestLine(KeyOf(line.Number), line.FiringWindows, line.Values))],
    };

    /// <inheritdoc/>
    public override void ConsumeError(string? message, long atTicks) => _told!.ConsumeError(message, atTicks);

    /// <inheritdoc/>
    public override Task DeliverAsync(CancellationToken cancellationToken) => _told!.DeliverAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer) => _told!.Write(writer);

    /// <inheritdoc/>
    public override void Read(BinaryReader reader) => _told!.Read(reader);

    private bool IsInside(long endTicks) => endTicks >= _firstEnd && endTicks <= _lastEnd;

    private int PointOf(long endTicks) => (int)((endTicks - _firstEnd) / _everyTicks / _windowsPerPoint);

    // A window without the condition: how near each key came to its thresholds.
    private void Note(Batch rows, WindowResult result)
    {
        Prepare(rows.Schema);
        int[] numbers = Number(rows);
        Span<double> buffer = stackalloc double[MaxColumns];
        for (int row = 0; row < numbers.Length; row++)
        {
            ReadOnlySpan<double> values = Read(rows, row, buffer);
            Note(numbers[row], result.EndTicks, values, values.Length == 0 ? 0 : Nearness(values[0]));
        }
    }

    private void NoteSpike(WindowResult result)
    {
        _columns ??= s_spikeColumns;
        var before = new Dictionary<int, double>();
        int[] beforeNumbers = Number(result.Before!);
        Vector beforeValues = result.Before![result.Before.Schema.IndexOf(JudgeSpec.ValueColumn)];
        for (int row = 0; row < beforeNumbers.Length; row++)
        {
            before[beforeNumbers[row]] = beforeValues.NumberAt(row);
        }

        Vector values = result.Rows[result.Rows.Schema.IndexOf(JudgeSpec.ValueColumn)];
        int[] numbers = Number(result.Rows);
        for (int row = 0; row < numbers.Length; row++)
        {
            double value = values.NumberAt(row);
            double past = before.Remove(numbers[row], out double found) ? found : double.NaN;
            NotePair(numbers[row], value, past);
        }

        foreach ((int number, double past) in before)
        {
            NotePair(number, double.NaN, past);
        }

        void NotePair(int number, double value, double past)
        {
            double ratio = Math.Max(value / past, past / value);
            Note(number, result.EndTicks, [value, past], double.IsFinite(ratio) ? ratio : 0);
        }
    }

    private void Note(JudgedBands judged)
    {
        if (!IsInside(judged.EndTicks) || _keys.Count >= MaxKeys)
        {
            return;
        }

        _columns ??= s_bandColumns;
        int[] numbers = _keys.Assign([.. judged.Keys], judged.Keys.Count == 0 ? Math.Min(1, judged.Bands.Count) : judged.Keys[0].Length);
        for (int key = 0; key < Math.Min(numbers.Length, Math.Min(judged.Bands.Count, judged.Values.Count)); key++)
        {
            double value = judged.Values[key];
            Band band = judged.Bands[key];
            double width = value > band.Expected ? band.Upper - band.Expected : band.Expected - band.Lower;
            double nearness = Math.Abs(value - band.Expected) / width;
            Note(numbers[key], judged.EndTicks,
                band.IsReady ? [value, band.Expected, band.Lower, band.Upper] : [value, double.NaN, double.NaN, double.NaN],
                band.IsReady && double.IsFinite(nearness) ? nearness : 0);
        }
    }

    private void Note(int number, long endTicks, ReadOnlySpan<double> values, double nearness) =>
        LineOf(number, isFiring: false)?.Note(PointOf(endTicks), values, nearness, replaces: _windowsPerPoint == 1);

    private int[] Number(Batch rows) =>
        _keys.Assign([.. _query!.Plan!.KeyColumns.Select(column => rows[column])], rows.RowCount);

    // Where there are too many lines, one that fires takes the place of those that never came near.
    private SeriesLine? LineOf(int number, bool isFiring)
    {
        if (_lines.TryGetValue(number, out SeriesLine? line))
        {
            return line;
        }

        if (_lines.Count >= LineCapacity)
        {
            if (!isFiring)
            {
                return null;
            }

            foreach (SeriesLine dull in _lines.Values.Where(other => other.FiringWindows == 0)
                .OrderBy(other => other.Interest).Take((_lines.Count / 2) + 1).ToArray())
            {
                _lines.Remove(dull.Number);
            }

            if (_lines.Count >= LineCapacity)
            {
                return null;
            }
        }

        _lines.Add(number, line = new SeriesLine(number, _columns!.Length, _points));
        return line;
    }

    // Which columns are drawn, the one the condition is about first.
    private void Prepare(Schema schema)
    {
        if (ReferenceEquals(schema, _schema))
        {
            return;
        }

        _schema = schema;
        if (_columns is null)
        {
            string[] numeric = [.. schema.Columns.ToArray().Where((column, index) =>
                !_query!.Plan!.KeyColumns.Contains(index) && IsNumeric(column.Type)).Select(column => column.Name)];
            Threshold[] known = [.. _query!.Plan!.Thresholds.Where(threshold => numeric.Contains(threshold.Column))];
            string? first = (known.FirstOrDefault(threshold => !threshold.IsWhole) ?? known.FirstOrDefault())?.Column;
            _columns = [.. numeric.OrderBy(name => name == first ? 0 : 1).Take(MaxColumns)];
            _bounds = [.. known.Where(threshold => threshold.Column == first)];
        }

        _positions = [.. _columns.Select(schema.IndexOf)];
    }

    private ReadOnlySpan<double> Read(Batch rows, int row, Span<double> buffer)
    {
        for (int column = 0; column < _positions.Length; column++)
        {
            buffer[column] = _positions[column] < 0 ? double.NaN : rows[_positions[column]].NumberAt(row);
        }

        return buffer[.._positions.Length];
    }

    private double Nearness(double value)
    {
        double nearest = _bounds.Length == 0 ? Math.Abs(value) : double.NegativeInfinity;
        foreach (Threshold bound in _bounds)
        {
            double scale = bound.Value == 0 ? 1 : Math.Abs(bound.Value);
            double over = (value - bound.Value) / scale;
            nearest = Math.Max(nearest, bound.Operator[0] switch { '>' => over, '<' => -over, _ => -Math.Abs(over) });
        }

        return double.IsNaN(nearest) ? double.NegativeInfinity : nearest;
    }

    private JsonObject KeyOf(int number)
    {
        var key = new JsonObject();
        Vector[] vectors = _keys.Vectors();
        for (int column = 0; column < vectors.Length; column++)
        {
            string name = _query!.Plan!.ResultSchema[_query.Plan.KeyColumns[column]].Name;
            key.Add(name, AlertJson.ToNode(vectors[column].GetScalar(number)));
        }

        return key;
    }

    private static bool IsNumeric(ScalarType type) =>
        type is ScalarType.Int or ScalarType.Long or ScalarType.Real or ScalarType.Decimal or ScalarType.TimeSpan;
}
