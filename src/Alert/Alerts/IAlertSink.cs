namespace Bongsu.Alert.Alerts;

/// <summary>Who is handed alert changes: the live store, or the list of a backtest.</summary>
internal interface IAlertSink
{
    /// <summary>Takes a change; durable when it completes. A change handed over before does nothing.</summary>
    Task ApplyAsync(AlertChange change, CancellationToken cancellationToken);

    /// <summary>Shows newer values of a firing alert; nobody is told, nothing is stored.</summary>
    void Refresh(AlertView alert);
}
