namespace Bongsu.Alert.Alerts;

/// <summary>Who is handed alert changes: the live store, or the list of a backtest.</summary>
internal interface IAlertSink
{
    /// <summary>Takes the changes of one window; durable when it completes. A change handed over before does
    /// nothing.</summary>
    Task ApplyAsync(IReadOnlyList<AlertChange> changes, CancellationToken cancellationToken);

    /// <summary>Shows newer values of a firing alert, or a pending one; nobody is told, nothing is stored.</summary>
    void Refresh(AlertView alert);

    /// <summary>Shows a pending alert no longer.</summary>
    void Withdraw(string id);
}
