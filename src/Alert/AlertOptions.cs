using Bongsu.Stream;

namespace Bongsu.Alert;

/// <summary>What a tenant's alerting needs to know.</summary>
public sealed record AlertOptions
{
    /// <summary>Whose tables the rules read and where <c>Alerts</c> is written.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>Folder of rule files; null = no rules. Watched for changes.</summary>
    public string? RulesDirectory { get; init; }

    /// <summary>How often the folder is looked at.</summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Times and budgets of the stream.</summary>
    public StreamOptions Stream { get; init; } = new();

    /// <summary>Address of the web UI that links in messages point to, for instance <c>http://127.0.0.1:7600</c>; null
    /// = no links.</summary>
    public string? WebAddress { get; init; }

    /// <summary>What fires is held for so long, to be told together with what else fires.</summary>
    public TimeSpan HoldTime { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>So many rules that fire within a minute become one alert; 0 = they never do.</summary>
    public int StormRules { get; init; } = 5;

    /// <summary>Resolved alerts are kept in memory and listed for so long; the <c>Alerts</c> table keeps all.</summary>
    public TimeSpan HistoryAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Most resolved alerts kept in memory.</summary>
    public int MaxHistory { get; init; } = 10_000;

    /// <summary>
    /// Told what an operator should know (never a secret): level (<c>info</c>, <c>warn</c>, <c>error</c>), text, cause.
    /// Quick, any
    /// thread, must not throw.
    /// </summary>
    public Action<string, string, Exception?>? Notice { get; init; }
}
