using System.Globalization;
using System.Text;

namespace Bongsu.LogBench.Rules;

/// <summary>Writes the rules that are measured: mixed conditions over one table, most of them for one service.</summary>
internal static class RuleFolder
{
    /// <summary>Services the rules and rows are of.</summary>
    public const int Services = 250;

    private const int RulesPerFile = 100;

    // Of 25 rules one looks at all services, and one at the rows that make alerts.
    private static readonly string[] s_queries =
    [
        "logs | where service == '{0}' and level == 'fatal' | summarize n = count() by host, code | where n > 0",
        "logs | where service == '{0}' and level == 'error' | summarize n = count() by host | where n > {1}00",
        "logs | where service == '{0}' | summarize n = count(), errors = countif(status >= 500) | where n > 50 and errors * 100.0 / n > 6{1}",
        "logs | where service == '{0}' | summarize p95 = percentile(duration_ms, 95) by host | where p95 > 90{1}0",
        "logs | where service == '{0}' and message has 'OutOfMemory{1}'",
        "logs | where service == '{0}' and path startswith '/api/v{1}' | summarize avg_ms = avg(duration_ms) by path | where avg_ms > 90000",
        "logs | where service == '{0}' | summarize users = dcount(user) by host | where users > 1000000",
        "logs | where service == '{0}' and duration_ms > 9{1}00 | summarize slow = count() by path | where slow > 1000",
        "logs | where service == '{0}' and level == 'warn' and message contains 'retry' | summarize n = count() by host | where n > 5{1}00",
        "logs | where service == '{0}' | summarize worst = max(duration_ms), total = sum(duration_ms) by path | where worst > 100000",
        "logs | where service == '{0}' and status == 50{1} | summarize n = count() by host, path | where n > 10000",
        "logs | where service == '{0}' and level in ('error', 'fatal') | summarize n = count() | where n > 10000{1}",
        "logs | where service == '{0}' | summarize n = count() by level | where n > 1000000",
        "logs | where service == '{0}' and host == 'host-{1}' | summarize n = count(), p = percentile(duration_ms, 50) | where p > 90000",
        "logs | where service == '{0}' | extend big = duration_ms > 1000 | summarize share = countif(big) * 1.0 / count() by path | where share > 0.9{1}",
    ];

    private static readonly string[] s_global =
    [
        "logs | where status == 50{1} and duration_ms > 9000 | summarize n = count() by service | where n > 100000",
        "logs | where level == 'fatal' | summarize n = count() by service, host | where n > 10000{1}",
        "logs | where level == 'error' and path startswith '/api/v{1}' | summarize n = count() by service | where n > 100000",
        "logs | where duration_ms > 99{1}0 | summarize n = count() by service | where n > 100000",
    ];

    /// <summary>Writes rules and the channel.</summary>
    public static void Write(string folder, int rules, Uri webhook)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "channels.yaml"), $"channels:\n  bench:\n    webhook: {webhook}\n");
        for (int first = 0; first < rules; first += RulesPerFile)
        {
            var text = new StringBuilder("rules:\n");
            for (int rule = first; rule < Math.Min(rules, first + RulesPerFile); rule++)
            {
                Append(text, rule);
            }

            File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"rules-{first:00000}.yaml")), text.ToString());
        }
    }

    private static void Append(StringBuilder text, int rule)
    {
        int service = rule % Services;
        int round = rule / Services;
        bool isGlobal = rule % 25 == 24;
        int variant = (round + service) % s_queries.Length;
        string query = isGlobal
            ? s_global[(rule / 25) % s_global.Length]
            : s_queries[variant];
        query = string.Format(CultureInfo.InvariantCulture, query, ServiceName(service), round % 10);
        bool isProbe = !isGlobal && variant == 0;
        string window = isProbe ? "10s" : (rule % 3) switch { 0 => "1m", 1 => "5m", _ => "10m" };
        text.Append(CultureInfo.InvariantCulture, $"  - name: r{rule}\n    query: \"{query}\"\n");
        text.Append(CultureInfo.InvariantCulture, $"    every: {(isProbe ? "10s" : "1m")}\n    window: {window}\n    lateness: 1s\n    storm_share: 100%\n    channels: [bench]\n");
    }

    /// <summary>Name of a service.</summary>
    public static string ServiceName(int service) => string.Create(CultureInfo.InvariantCulture, $"svc-{service:000}");
}
