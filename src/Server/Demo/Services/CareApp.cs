namespace Bongsu.Server.Demo.Services;

/// <summary>The care app: Korean messages, deployments, and exceptions with stack traces when one of them is
/// bad.</summary>
internal sealed class CareApp() : CompanyService("care", 3, "care-1", "care-2")
{
    private const string StackTrace =
        "NullReferenceException: Object reference not set to an instance of an object.\n" +
        "   at Care.Medication.ReminderPlanner.Plan(Patient patient) in ReminderPlanner.cs:line 88\n" +
        "   at Care.Medication.ReminderJob.RunAsync(CancellationToken stop) in ReminderJob.cs:line 41\n" +
        "   at Care.Web.ReminderController.Post(ReminderRequest request) in ReminderController.cs:line 27";

    private static readonly string[] s_actions =
    [
        "복약 알림을 보냈습니다", "혈압 기록을 저장했습니다", "보호자에게 리포트를 공유했습니다", "예약을 확정했습니다",
    ];

    private bool _wasBroken;

    /// <inheritdoc/>
    public override void Emit(in Moment moment)
    {
        string host = moment.Pick(Hosts);
        string trace = moment.NewTraceId();
        bool isBroken = moment.Has(Faults.BadDeploy);
        string version = isBroken ? "4.12.0" : "4.11.3";
        if (isBroken != _wasBroken)
        {
            _wasBroken = isBroken;
            Log.Write(
                moment.Ticks, host, "INFO", isBroken ? "deployed care-app 4.12.0 (was 4.11.3)" : "rolled back care-app to 4.11.3 (was 4.12.0)", null,
                "version", version, "deploy", isBroken ? "4.12.0" : "4.11.3");
        }

        long user = moment.Random.NextInt64(100_000, 999_999);
        double durationMs = moment.Latency(24);
        if (isBroken && moment.Chance(0.35))
        {
            Log.Write(
                moment.After(durationMs), host, "ERROR", $"POST /v1/reminders failed for user {user}: {StackTrace}", trace,
                "method", "POST", "path", "/v1/reminders", "status", 500, "duration_ms", durationMs, "version", version, "user", user);
            return;
        }

        Log.Write(
            moment.After(durationMs), host, "INFO", $"{moment.Pick(s_actions)} user={user} elapsed={durationMs:0} ms", trace,
            "status", 200, "duration_ms", durationMs, "version", version, "user", user);
    }
}
