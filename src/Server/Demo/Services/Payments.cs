namespace Bongsu.Server.Demo.Services;

/// <summary>Payments: approvals in won, refusals of the card companies, and a database that can get slow.</summary>
internal sealed class Payments() : CompanyService("payments", 3.5, "pay-1", "pay-2")
{
    private static readonly string[] s_methods = ["card", "card", "card", "money", "transfer", "gift"];
    private static readonly string[] s_refusals = ["한도초과", "잔액부족", "분실신고 카드", "유효기간 경과"];

    /// <inheritdoc/>
    public override void Emit(in Moment moment)
    {
        string host = moment.Pick(Hosts);
        string trace = moment.NewTraceId();
        string method = moment.Pick(s_methods);
        long order = 20_000_000 + moment.Random.NextInt64(1_000_000);
        int amount = moment.Random.Next(1, 300) * 900;
        bool isSlow = moment.Has(Faults.SlowDatabase);
        int account = moment.Random.Next(1, 90000);
        double databaseMs = isSlow ? 2500 + (moment.Random.NextDouble() * 9000) : moment.Latency(11);
        if (isSlow && moment.Chance(0.8))
        {
            Log.Write(
                moment.After(databaseMs), host, "WARN",
                $"slow query {databaseMs:0} ms: UPDATE ledger SET balance = balance - {amount} WHERE account_id = {account}", trace,
                "duration_ms", databaseMs, "db", "ledger");
        }

        if (isSlow && databaseMs > 6500)
        {
            Log.Write(
                moment.After(databaseMs), host, "ERROR",
                $"payment failed order={order} amount={amount} KRW: connection pool 'ledger' exhausted, gave up after {databaseMs:0} ms",
                trace, "order", order, "amount", amount, "method", method, "status", 503, "duration_ms", databaseMs);
            return;
        }

        double durationMs = databaseMs + moment.Latency(85);
        if (moment.Chance(0.025))
        {
            Log.Write(
                moment.After(durationMs), host, "WARN", $"payment refused order={order} amount={amount} KRW reason={moment.Pick(s_refusals)}", trace,
                "order", order, "amount", amount, "method", method, "status", 402, "duration_ms", durationMs);
            return;
        }

        Log.Write(
            moment.After(durationMs), host, "INFO", $"payment approved order={order} amount={amount} KRW method={method}", trace,
            "order", order, "amount", amount, "method", method, "status", 200, "duration_ms", durationMs);
    }
}
