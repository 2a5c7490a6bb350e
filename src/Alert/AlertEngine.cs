using Bongsu.Alert.Alerts;
using Bongsu.Alert.Rules;
using Bongsu.Store;

namespace Bongsu.Alert;

/// <summary>
/// Rules, alerts and notifications of one tenant: watches the rules folder, runs rules over committed batches, keeps
/// alerts, tells channels. All members are thread-safe.
/// </summary>
public sealed class AlertEngine : IAsyncDisposable
{
    private AlertEngine()
    {
    }

    /// <summary>Loads rules, restores state and starts; returns once the engine takes in batches.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="database">The open store; must outlive the engine.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Cancels the start only.</param>
    public static Task<AlertEngine> StartAsync(
        AlertOptions options, Database database, TimeProvider time, CancellationToken cancellation = default) =>
        throw new NotSupportedException("alerting is not there yet");

    /// <summary>Rules with their health, by name.</summary>
    public IReadOnlyList<RuleView> Rules => throw new NotSupportedException("alerting is not there yet");

    /// <summary>What is wrong in the rules folder now; while not empty, the rules of the last good state run on.</summary>
    public IReadOnlyList<RuleError> RuleErrors => throw new NotSupportedException("alerting is not there yet");

    /// <summary>Alerts, newest first.</summary>
    public IReadOnlyList<AlertView> Alerts(AlertFilter filter) =>
        throw new NotSupportedException("alerting is not there yet");

    /// <summary>Writes a checkpoint and stops; pending notifications are kept for the next start.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException("alerting is not there yet");
}
