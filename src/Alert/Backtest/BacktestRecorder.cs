using Bongsu.Alert.Alerts;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Backtest;

/// <summary>Takes the windows of one rule in a span, hands them to the rule's state and keeps what comes of
/// it.</summary>
internal sealed class BacktestRecorder : WindowConsumer, IAlertSink
{
    // Past these nobody reads on; they are only counted.
    private const int MaxAlerts = 50_000;
    private const int DayLength = 10;

    private readonly long _fromTicks;
    private readonly long _toTicks;
    private readonly SeriesRecorder? _series;
    private readonly Dictionary<string, AlertView> _alerts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _pages = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, int> _firing = [];
    private RuleState? _state;

    /// <summary>A recorder of a span.</summary>
    /// <param name="fromTicks">Windows that end after this are taken.</param>
    /// <param name="toTicks">Windows that end at or before this are taken.</param>
    /// <param name="series">Who takes down values; null = nobody.</param>
    public BacktestRecorder(long fromTicks, long toTicks, SeriesRecorder? series)
    {
        _fromTicks = fromTicks;
        _toTicks = toTicks;
        _series = series;
    }

    /// <summary>Alerts begun; of too many, more than are kept.</summary>
    public int AlertCount { get; private set; }

    /// <summary>Firings that people are told of, by day of event time.</summary>
    public IReadOnlyDictionary<string, int> Pages => _pages;

    public IEnumerable<AlertView> Alerts =>
        _alerts.Values
            .Where(alert => alert.Revision > 0)
            .OrderBy(alert => alert.StartedAt, StringComparer.Ordinal)
            .ThenBy(alert => alert.Id, StringComparer.Ordinal);

    public IReadOnlyList<(long EndTicks, int Keys)> FiringWindows => [.. _firing.Select(window => (window.Key, window.Value))];

    public int Windows { get; private set; }

    public string? Error { get; private set; }

    public override bool IsQuiet => _state!.IsQuiet;

    public override bool HasPending => false;

    /// <summary>Listens to what a rule is told.</summary>
    public WindowConsumer Before(RuleState state)
    {
        _state = state;
        return this;
    }

    public override bool Consume(WindowResult result)
    {
        if (result.EndTicks <= _fromTicks || result.EndTicks > _toTicks || result.IsEarly)
        {
            return false; // the closing result of a window fires at the same event time as an early one
        }

        Windows += result.IsCorrection ? 0 : 1;
        if (result.Rows.RowCount > 0)
        {
            _firing[result.EndTicks] = result.Rows.RowCount;
        }
        else
        {
            _firing.Remove(result.EndTicks);
        }

        _series?.NoteFiring(result);
        bool isChanged = _state!.Consume(result);
        Deliver();
        return isChanged;
    }

    public override void ConsumeError(string? message, long atTicks)
    {
        Error = message ?? Error;
        if (atTicks > _fromTicks && atTicks <= _toTicks)
        {
            _state!.ConsumeError(message, atTicks);
            Deliver();
        }
    }

    public override Task DeliverAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Write(BinaryWriter writer) => throw new NotSupportedException("a backtest has no checkpoint");

    public override void Read(BinaryReader reader) => throw new NotSupportedException("a backtest has no checkpoint");

    public Task ApplyAsync(IReadOnlyList<AlertChange> changes, CancellationToken cancellationToken)
    {
        foreach (AlertChange change in changes)
        {
            Count(change);
            Keep(change.Alert);
        }

        return Task.CompletedTask;
    }

    public void Refresh(AlertView alert) => Keep(alert);

    public void Withdraw(string id) => _alerts.Remove(id);

    private void Deliver()
    {
        if (!_state!.DeliverAsync(CancellationToken.None).IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("a list took its time");
        }
    }

    private void Count(AlertChange change)
    {
        if (change.Alert.Revision == 1)
        {
            AlertCount++;
        }

        if (change.Notifies && change.Alert.State == "firing")
        {
            string day = change.Alert.StartedAt[..DayLength];
            _pages[day] = _pages.GetValueOrDefault(day) + 1;
        }
    }

    private void Keep(AlertView alert)
    {
        if (_alerts.Count < MaxAlerts || _alerts.ContainsKey(alert.Id))
        {
            _alerts[alert.Id] = alert;
        }
    }
}
