using Bongsu.Alert.Alerts;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Backtest;

/// <summary>Takes the windows of one rule in a span, hands them to the rule's state and keeps what comes of
/// it.</summary>
internal sealed class BacktestRecorder : WindowConsumer, IAlertSink
{
    private readonly long _fromTicks;
    private readonly long _toTicks;
    private readonly Dictionary<string, AlertView> _alerts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, int> _firing = [];
    private RuleState? _state;

    public BacktestRecorder(long fromTicks, long toTicks)
    {
        _fromTicks = fromTicks;
        _toTicks = toTicks;
    }

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
            _alerts[change.Alert.Id] = change.Alert;
        }

        return Task.CompletedTask;
    }

    public void Refresh(AlertView alert) => _alerts[alert.Id] = alert;

    public void Withdraw(string id) => _alerts.Remove(id);

    private void Deliver()
    {
        if (!_state!.DeliverAsync(CancellationToken.None).IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("a list took its time");
        }
    }
}
